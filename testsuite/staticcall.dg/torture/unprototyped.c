/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pointers to functions without a prototype. */
/* { dg-do run } */
/* { dg-options "-std=gnu11" } */
#include <staticcall.h>

static int add(a, b)
	int a, b;
{
	return a + b;
}

static int first(a, b)
	int a, b;
{
	return b ? a : a;
}

int (*fp)() __static_call = add;

int main(void)
{
	if (fp(1, 2) != 3)
		__builtin_abort();
	fp = first;
	if (fp(1, 2) != 1)
		__builtin_abort();
	return 0;
}
