/* SPDX-License-Identifier: GPL-2.0-or-later */
/* translated.c: calls that have been made often before and after each update. */
#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

__attribute__((noipa)) static int call(void) { return op(1) + 100; }
__attribute__((noipa, aligned(4096))) static int call_far(void) { return op(1) + 200; }

static void check(int value)
{
	int i;

	for (i = 0; i < 50; i++) {
		CHECK_IS(call(), value + 100);
		CHECK_IS(call_far(), value + 200);
	}
}

int main(void)
{
	int i;

	for (i = 0; i < 10; i++) {
		check(2);
		op = two;
		check(3);
		CHECK_IS(static_call_update(op, one), 0);
	}
	check(2);
	puts("done");
	return 0;
}
