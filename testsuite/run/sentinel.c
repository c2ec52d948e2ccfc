/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sentinel.c: values as SIG_ERR has them, which are no functions and never called. */
#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

static int (*op)(int) __static_call = one;

__attribute__((noipa)) static int call(int a) { return op(a) + 100; }
__attribute__((noipa)) static int tail(int a) { return op(a); }

int main(void)
{
	static const intptr_t values[] = { -1, 1, -2, 2, -4096, 3, INTPTR_MIN, INTPTR_MAX };
	unsigned int i;

	for (i = 0; i < sizeof(values) / sizeof(*values); i++) {
		CHECK_IS(call(1), 102);
		op = (int (*)(int))values[i];
		CHECK_IS(op, values[i]);
		op = two;
		CHECK_IS(call(1), 103);
		CHECK_IS(tail(1), 3);
		CHECK_IS(static_call_update(op, (int (*)(int))values[i]), 0);
		op = one;
	}
	return 0;
}
