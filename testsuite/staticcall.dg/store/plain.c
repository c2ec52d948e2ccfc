/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A plain store is an update of the pointer's sites, and nothing else stores. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

extern int f(int);
int (*fp)(int) __attribute__((static_call)) = f;

void set(int (*g)(int))
{
	fp = g;
}

void clear(void)
{
	fp = 0;
}

/* { dg-final { scan-assembler-times {\m(call|jmp|tail|bl|b|b\.w|brasl|jg)\M[^\n]*__static_call_store} 2 } } */
/* { dg-final { scan-assembler-not {mov[a-z]*\t[^\n]*, fp\(%rip\)} { target x86_64 } } } */
/* { dg-final { scan-static-call-sites 0 } } */
