/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The type says that the target is const; which target is called still depends on the pointer. */
/* { dg-do run } */
#include <stdlib.h>

__attribute__((const)) static int one(int x)
{
	return x + 1;
}

__attribute__((const)) static int ten(int x)
{
	return x + 10;
}

int (*fp)(int) __attribute__((static_call)) __attribute__((const)) = one;

__attribute__((noipa)) static int around_a_store(__typeof__(fp) f)
{
	int before = fp(1);

	fp = f;
	return before * 100 + fp(1);
}

int main(void)
{
	if (around_a_store(ten) != 211 || around_a_store(one) != 1102)
		abort();
	return 0;
}
