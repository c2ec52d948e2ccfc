/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Both units call through one pointer, and each sees the other's stores. */
/* { dg-do run } */
/* { dg-additional-sources "extern-two-units-aux.c" } */
#include <staticcall.h>

extern int (*fp)(int) __static_call;
extern int (*hidden)(int) __static_call __attribute__((visibility("hidden")));
extern int (*untold)(int);	/* marked in the other unit only */
extern int other(int x);
extern void other_set(int (*f)(int));

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

__attribute__((noinline)) static int call(int x)
{
	return fp(x) * 100 + hidden(x) * 10 + untold(x);
}

int main(void)
{
	fp = hidden = one;
	if (call(0) != 113 || other(0) != 113)
		__builtin_abort();
	other_set(two);
	if (call(0) != 222 || other(0) != 222)
		__builtin_abort();
	hidden = one;
	if (call(0) != 212 || other(0) != 212)
		__builtin_abort();
	return 0;
}
