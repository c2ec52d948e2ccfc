/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copies of an inlined call are sites of their own; all follow the pointer. */
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

static int (*fp)(int) __static_call = one;

static inline __attribute__((always_inline)) int copy(int x)
{
	return fp(x);
}

static int guess(int x)
{
	return x < 0 ? -fp(-x) : fp(x);
}

__attribute__((noinline)) static int a(int x)
{
	return copy(copy(x)) + copy(x);
}

__attribute__((noinline)) static int b(int x)
{
	for (int i = 0; i < 3; i++)
		x = copy(x);
	return guess(x) + guess(-1);
}

int main(void)
{
	if (a(0) != 3 || b(0) != 4 - 2)
		__builtin_abort();
	fp = two;
	if (a(0) != 6 || b(0) != 8 - 3)
		__builtin_abort();
	return 0;
}
