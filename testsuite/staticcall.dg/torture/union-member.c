/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pointer in a union, stored to through the other member. */
/* { dg-do run } */
#include <stdint.h>
#include <staticcall.h>

static int one(void)
{
	return 1;
}

static int two(void)
{
	return 2;
}

union u {
	int (*fp)(void);
	uintptr_t word;
} u __static_call = { one };

__attribute__((noinline)) static int call(void)
{
	return u.fp();
}

int main(void)
{
	if (call() != 1)
		__builtin_abort();
	u.fp = two;
	if (call() != 2)
		__builtin_abort();
	u.word = (uintptr_t)one;
	if (call() != 1)
		__builtin_abort();
	return 0;
}
