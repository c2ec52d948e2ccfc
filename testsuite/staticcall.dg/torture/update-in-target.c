/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A target that changes its own pointer, and calls through it again. */
/* { dg-do run } */
#include <staticcall.h>

static int first(int), second(int), last(int);
int (*fp)(int) __static_call = first;

static int first(int x)
{
	fp = second;
	return fp(x) * 10 + 1;
}

static int second(int x)
{
	fp = last;
	return fp(x) * 10 + 2;
}

static int last(int x)
{
	return x ? fp(x - 1) : 3;
}

int main(void)
{
	if (fp(5) != 321)
		__builtin_abort();
	if (fp(0) != 3)
		__builtin_abort();
	return 0;
}
