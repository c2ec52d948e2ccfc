/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls in conditions, and calls that are the last thing on one path. */
/* { dg-do run } */
#include <staticcall.h>

static int last;

static int keep(int x)
{
	last = x;
	return x;
}

static int negate(int x)
{
	last = -x;
	return -x;
}

int (*fp)(int) __static_call;
int (*gp)(int) __static_call = negate;
void (*vp)(int) __static_call = (void (*)(int))keep;

__attribute__((noinline)) static int test(int x)
{
	return fp ? fp(x) : 77;
}

__attribute__((noinline)) static int either(int c, int x)
{
	return (c ? fp : gp)(x);
}

__attribute__((noinline)) static int both(int x)
{
	return fp(x) && gp(x + 1) == -(x + 1) ? 1 : 0;
}

__attribute__((noinline)) static void tail(int x)
{
	if (x)
		vp(x);
}

__attribute__((noinline)) static int tail_of_two(int c, int x)
{
	if (c > 3)
		return fp(x);
	return gp(x + 1);
}

int main(void)
{
	if (test(1) != 77)
		__builtin_abort();
	fp = keep;
	if (test(1) != 1 || either(1, 2) != 2 || either(0, 2) != -2)
		__builtin_abort();
	if (both(1) != 1 || both(0) != 0)
		__builtin_abort();
	if (tail_of_two(4, 5) != 5 || tail_of_two(3, 5) != -6)
		__builtin_abort();
	tail(9);
	tail(0);
	if (last != 9)
		__builtin_abort();
	fp = negate;
	if (test(1) != -1 || either(1, 2) != -2 || tail_of_two(4, 5) != -5)
		__builtin_abort();
	return 0;
}
