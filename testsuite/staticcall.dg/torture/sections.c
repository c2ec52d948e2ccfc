/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One section a function and unused ones thrown away: the others still work. */
/* { dg-do run } */
/* { dg-options "-ffunction-sections -fdata-sections -Wl,--gc-sections" } */
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
int (*unused)(int) __static_call = two;

int nobody_calls(int x)
{
	return fp(x) + fp(x + 1) + unused(x);
}

__attribute__((noinline)) int call(int x)
{
	return fp(x) + 10;
}

int main(void)
{
	if (call(0) != 11)
		__builtin_abort();
	fp = two;
	if (call(0) != 12)
		__builtin_abort();
	return 0;
}
/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-static-call-sites 0 unused } } */
