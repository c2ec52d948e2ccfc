/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls and stores inside nested functions and statement expressions. */
/* { dg-do run } */
#include <staticcall.h>

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

int (*fp)(int) __static_call = one;

__attribute__((noinline)) static int outer(int x)
{
	static int (*sp)(int) __static_call = one;

	int inner(int y)
	{
		int r = fp(x + y) + sp(0);

		sp = two;
		return r;
	}

	return inner(1) + ({ int t = fp(x); fp = two; t; }) + inner(1) + ({ fp; })(0);
}

int main(void)
{
	int r = outer(10);

	if (r != (12 + 1) + 11 + (13 + 2) + 2)
		__builtin_abort();
	return 0;
}
