/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two units have each a static pointer of the same name. */
/* { dg-do run } */
/* { dg-additional-sources "static-two-units-aux.c" } */
#include <staticcall.h>

extern int other(int x);
extern void other_set(void);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int (*fp)(int) __static_call = one;

__attribute__((noinline)) static int call(int x)
{
	return fp(x);
}

int main(void)
{
	if (call(0) != 1 || other(0) != 30)
		__builtin_abort();
	fp = two;
	if (call(0) != 2 || other(0) != 30)
		__builtin_abort();
	other_set();
	if (call(0) != 2 || other(0) != 40)
		__builtin_abort();
	return 0;
}
