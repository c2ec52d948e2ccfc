/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * beyond.c: calls of what no site can reach stay as they are, and so does the text: nothing
 * is written, nor made writable, and no core is disturbed.
 */
#include "far.h"

__attribute__((noipa)) static int one(int a) { return a + 1; }
__attribute__((noipa)) static int two(int a) { return a + 2; }

static int (*op)(int) __static_call = one;

__attribute__((noipa)) static int call(int a) { return op(a) + 100; }

int main(void)
{
	int (*far[2])(int);
	uint64_t syncs;

	far[0] = (int (*)(int))far_copy((void *)one);
	CHECK_IS(call(1), 102);
	CHECK_IS(site_in(call, "op").state, STATIC_CALL_SITE_DIRECT);
	op = far[0];
	CHECK_IS(call(1), 102);
	CHECK_IS(site_in(call, "op").state, STATIC_CALL_SITE_ON_TRAMP);
	CHECK_IS(stats().patched, 0);

	syncs = stats().syncs;
	/* Another place there, which nobody calls. */
	far[1] = (int (*)(int))(void *)((char *)(void *)far[0] + 64);
	op = far[1];
	op = far[0];
	CHECK_IS(stats().syncs, syncs);
	CHECK_IS(call(1), 102);

	op = two;
	CHECK_IS(call(1), 103);
	CHECK_IS(site_in(call, "op").state, STATIC_CALL_SITE_DIRECT);
	CHECK(stats().syncs > syncs);
	return 0;
}
