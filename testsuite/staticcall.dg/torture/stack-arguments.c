/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call in return position whose arguments are on the stack. */
/* { dg-do run } */
#include <staticcall.h>

typedef long fn_t(long, long, long, long, long, long, long, long);

static long eight(long a, long b, long c, long d, long e, long f, long g, long h)
{
	return a + b + c + d + e + f + g * 10 + h * 100;
}

static long less(long a, long b, long c, long d, long e, long f, long g, long h)
{
	return h - g + a - b + c - d + e - f;
}

static fn_t *fp __static_call = eight;

__attribute__((noinline)) static long tail(long a, long b, long c, long d, long e, long f, long g,
					   long h)
{
	return fp(b, a, d, c, f, e, h, g);
}

int main(void)
{
	if (tail(1, 2, 3, 4, 5, 6, 7, 8) != 21 + 80 + 700)
		__builtin_abort();
	fp = less;
	if (tail(1, 2, 3, 4, 5, 6, 7, 8) != 7 - 8 + 3)
		__builtin_abort();
	return 0;
}
