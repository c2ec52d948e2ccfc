/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * range.c: a target too far away cannot be called directly.
 */
#define _GNU_SOURCE
#include "far.h"

static int near_one(int a) { return a + 1; }
__attribute__((noipa)) static int plus7(int a) { return a + 7; }

DEFINE_STATIC_CALL(op, near_one);

__attribute__((noipa)) static int call(int a) { return op(a) + 100; }
__attribute__((noipa)) static int tail(int a) { return op(a); }

int main(void)
{
	int (*far)(int) = (int (*)(int))far_copy((void *)plus7);
	int i;

	for (i = 0; i < 3; i++) {
		CHECK_IS(stats().patched, 2);
		CHECK_IS(static_call_update(op, far), 0);
		CHECK_IS(call(1), 108);
		CHECK_IS(tail(1), 8);
		CHECK_IS(stats().patched, 0);
		CHECK_IS(stats().tramp, 2);
		CHECK_IS(site_in(call, "op").state, STATIC_CALL_SITE_ON_TRAMP);
		CHECK(is_branch(site_in(call, "op").addr));
		if (i == 1)
			op = NULL;
		op = near_one;
		CHECK_IS(call(1), 102);
		CHECK_IS(tail(1), 2);
		CHECK_IS(site_in(tail, "op").state, STATIC_CALL_SITE_DIRECT);
	}
	return 0;
}
