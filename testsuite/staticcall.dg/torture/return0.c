/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What returns 0 does so at every width, in tail position as well. */
/* { dg-do run } */
#include <staticcall.h>

static int seven(int x)
{
	return x + 7;
}

static long long wide(void)
{
	return 0x700000000;
}

static char *string(void)
{
	return "seven";
}

DEFINE_STATIC_CALL_RET0(fp, seven);
DEFINE_STATIC_CALL_RET0(wide_p, wide);
DEFINE_STATIC_CALL_RET0(string_p, string);

__attribute__((noinline)) static int tail(int x)
{
	return fp(x);
}

__attribute__((noinline)) static int inner(int x)
{
	return fp(x) + 100;
}

int main(void)
{
	if (tail(1) != 0 || inner(1) != 100 || wide_p() || string_p())
		__builtin_abort();
	fp = seven;
	wide_p = wide;
	string_p = string;
	if (tail(1) != 8 || inner(1) != 108 || wide_p() != 0x700000000 || string_p()[4] != 'n')
		__builtin_abort();
	fp = (int (*)(int))(void *)__static_call_return0;
	if (tail(1) != 0 || inner(1) != 100)
		__builtin_abort();
	return 0;
}
