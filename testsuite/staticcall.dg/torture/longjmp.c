/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A target may leave by longjmp, and setjmp's second return sees the stores. */
/* { dg-do run } */
#include <setjmp.h>
#include <staticcall.h>

static jmp_buf env;

static void stay(int x)
{
	(void)x;
}

static void leave(int x)
{
	longjmp(env, x);
}

void (*fp)(int) __static_call = stay;

int main(void)
{
	int r = setjmp(env);

	if (r == 0) {
		fp(1);
		fp = leave;
		fp(2);
		__builtin_abort();
	}
	if (r != 2)
		__builtin_abort();
	fp = stay;
	fp(3);
	return 0;
}
