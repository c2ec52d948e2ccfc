/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A store that a sanitizer is to see stays one, which the runtime follows; elsewhere it is an update. */
/* { dg-do compile } */
/* { dg-options "-O2 -fsanitize=thread" } */
/* { dg-require-effective-target tsan } */

extern int f(int);
static int (*fp)(int) __attribute__((static_call)) = f;
static int (*tbl[4])(int) __attribute__((static_call)) = { f };

void set(int (*g)(int))
{
	fp = g;
}

void set_element(int i, int (*g)(int))
{
	tbl[i] = g;
}

void set_atomically(int (*g)(int))
{
	__atomic_store_n(&fp, g, __ATOMIC_RELEASE);
}

__attribute__((no_sanitize("thread"))) void set_unseen(int (*g)(int))
{
	fp = g;
}

int call(int a)
{
	return fp(a) + tbl[1](a);
}

/* { dg-final { scan-assembler-times {\m(call|jmp|tail|bl|b|b\.w|brasl|jg)\M[^\n]*__static_call_sync} 3 } } */
/* { dg-final { scan-assembler-times {\m(call|jmp|tail|bl|b|b\.w|brasl|jg)\M[^\n]*__static_call_store\M} 1 } } */
/* { dg-final { scan-assembler-times {\m(call|bl|brasl)\M[^\n]*__tsan_write} 2 } } */
/* { dg-final { scan-assembler-times {\m(call|bl|brasl)\M[^\n]*__tsan_atomic(32|64)_store} 1 } } */
