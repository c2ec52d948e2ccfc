/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls that end a block because they may throw, inside of cleanups as well. */
/* { dg-do run } */
/* { dg-options "-fexceptions -fnon-call-exceptions" } */
#include <staticcall.h>

static int log;

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int (*fp)(int) __static_call = one;
static int (*(*getter)(void))(int) __static_call;

static int (*get_two(void))(int)
{
	return two;
}

static void clean(int *x)
{
	log = log * 10 + fp(*x);
}

__attribute__((noinline)) static int use(int x)
{
	__attribute__((cleanup(clean))) int a = x;
	__attribute__((cleanup(clean))) int b = fp(x) + 1;

	fp = getter();
	return fp(b);
}

int main(void)
{
	getter = get_two;
	if (use(1) != 5)
		__builtin_abort();
	/* b is 3, a is 1; both cleanups call two(). */
	if (log != 53)
		__builtin_abort();
	return 0;
}
