/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Static pointers inside functions, several of one name. */
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

__attribute__((noinline)) static int first(int x)
{
	static int (*fp)(int) __static_call = one;
	int r = fp(x);

	fp = fp == one ? two : one;
	return r;
}

__attribute__((noinline)) static int second(int x)
{
	static int (*fp)(int) __static_call = two;

	{
		static int (*fp)(int) __static_call = one;

		x = fp(x);
	}
	return fp(x);
}

static inline __attribute__((always_inline)) int shared(int x)
{
	static int (*fp)(int) __static_call = one;

	if (x > 100)
		fp = two;
	return fp(x);
}

int main(void)
{
	if (first(0) != 1 || first(0) != 2 || first(0) != 1)
		__builtin_abort();
	if (second(0) != 3)
		__builtin_abort();
	if (shared(0) != 1 || shared(101) != 103 || shared(0) != 2)
		__builtin_abort();
	return 0;
}
