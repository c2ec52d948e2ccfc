/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An executable at a fixed address. */
/* { dg-do run } */
/* { dg-require-effective-target nopie } */
/* { dg-options "-O2 -fno-inline -no-pie -fno-pie" } */
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
static int (*sp)(int) __static_call = two;

int call(int x)
{
	return fp(x) * 10 + sp(x);
}

int main(void)
{
	if (call(0) != 12)
		return 1;
	fp = two;
	sp = one;
	if (call(0) != 21)
		return 2;
	fp = 0;
	sp = two;
	return sp(0) != 2;
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-static-call-sites 2 sp* } } */
