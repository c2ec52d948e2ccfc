/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the pointer is NULL static_call() does nothing, in any position, and so does a
   call that a test guards, for there is none. */
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
	static_call(fp)(x);
}

__attribute__((noinline)) static void conditional_tail(int x)
{
	if (x & 1)
		static_call_cond(fp)(x);
}

__attribute__((noinline)) static void guarded(int x)
{
	if (!fp)
		return;
	fp(x);
}

__attribute__((noinline)) static void inner(int x)
{
	static_call(fp)(x);
	static_call(sp)(x);
	calls += 100;
}

static void all(void)
{
	tail(1);
	conditional_tail(2);
	conditional_tail(3);
	guarded(5);
	inner(4);
}

int main(void)
{
	all();
	if (calls != 104)
		__builtin_abort();
	fp = count;
	all();
	if (calls != 104 + 117)
		__builtin_abort();
	fp = 0;
	sp = 0;
	all();
	if (calls != 104 + 117 + 100)
		__builtin_abort();
	return 0;
}
