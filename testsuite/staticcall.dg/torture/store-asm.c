/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An asm that writes to the pointer updates its sites. */
/* { dg-do run { target x86_64 } } */
#include <staticcall.h>

static int one(void)
{
	return 1;
}

static int two(void)
{
	return 2;
}

int (*fp)(void) __static_call = one;

__attribute__((noinline)) static int call(void)
{
	return fp();
}

int main(void)
{
	if (call() != 1)
		__builtin_abort();
	__asm__("mov %1, %0" : "=m"(fp) : "r"(two));
	if (call() != 2)
		__builtin_abort();
	return 0;
}
