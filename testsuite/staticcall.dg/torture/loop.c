/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pointer changes while a loop runs that calls through it. */
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

int (*fp)(int) __static_call = one;

int main(void)
{
	int sum = 0;

	for (int i = 0; i < 100; i++) {
		if (i == 60)
			fp = two;
		sum = fp(sum);
	}
	if (sum != 60 + 80)
		__builtin_abort();

	sum = 0;
	do {
		fp = fp == one ? two : one;
		sum = fp(sum);
	} while (sum < 30);
	if (sum != 30)
		__builtin_abort();

	for (int (*f)(int) = fp; f == fp; fp = fp == one ? two : one)
		sum = fp(0);
	if (sum != (fp == one ? 2 : 1))
		__builtin_abort();
	return 0;
}
