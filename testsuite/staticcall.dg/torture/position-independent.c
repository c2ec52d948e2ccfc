/* SPDX-License-Identifier: GPL-2.0-or-later */
/* As position-independent code, and where GCC has direct calls then without a PLT. */
/* { dg-do run } */
/* { dg-options "-fPIC" } */
/* { dg-additional-options "-fno-plt" { target { ! powerpc*-*-* } } } */
#include <staticcall.h>

static int one(int x)
{
	return x + 1;
}

int two(int x)
{
	return x + 2;
}

int (*fp)(int) __static_call = one;
extern int (*ep)(int) __static_call;
int (*ep)(int) __static_call = two;
static int (*sp)(int) __static_call = one;

__attribute__((noinline)) int call(int x)
{
	return fp(x) * 100 + ep(x) * 10 + sp(x);
}

int main(void)
{
	if (call(0) != 121)
		__builtin_abort();
	fp = two;
	ep = one;
	sp = two;
	if (call(0) != 212)
		__builtin_abort();
	return 0;
}
