/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call through a pointer that is NULL does nothing, in any position. */
/* { dg-do run } */
#include <staticcall.h>

static int calls;

static void count(int x)
{
	calls += x;
}

void (*fp)(int) __static_call;
static void (*sp)(int) __static_call = count;

__attribute__((noinline)) static void tail(int x)
{
	fp(x);
}

__attribute__((noinline)) static void conditional_tail(int x)
{
	if (x & 1)
		fp(x);
}

__attribute__((noinline)) static void inner(int x)
{
	fp(x);
	sp(x);
	calls += 100;
}

static void all(void)
{
	tail(1);
	conditional_tail(2);
	conditional_tail(3);
	inner(4);
}

int main(void)
{
	all();
	if (calls != 104)
		__builtin_abort();
	fp = count;
	all();
	if (calls != 104 + 112)
		__builtin_abort();
	fp = 0;
	sp = 0;
	all();
	if (calls != 104 + 112 + 100)
		__builtin_abort();
	return 0;
}
