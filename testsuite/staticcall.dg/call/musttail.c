/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call that must become a jump is recorded as one, also without optimization. */
/* { dg-do compile } */
/* { dg-options "-O0 -std=gnu2x" } */
/* { dg-require-effective-target musttail } */
#include <staticcall.h>

typedef int fn_t(int);

fn_t *fp __attribute__((static_call));

int attribute(int a)
{
	__attribute__((musttail)) return fp(a);
}

int standard(int a)
{
	[[gnu::musttail]] return (*fp)(a + 1);
}

int conditional(int a)
{
	if (a)
		[[gnu::musttail]] return fp(a);
	return a;
}

int macro(int a)
{
	[[gnu::musttail]] return static_call(fp)(a);
}

/* { dg-final { scan-static-call-sites 3 fp } } */
/* { dg-final { scan-static-call-sites 1 fp.cond } } */
/* { dg-final { scan-assembler-times {\tjmp\t__SCT__fp} 4 { target x86_64 } } } */
/* { dg-final { scan-assembler-times {\.long __SCK__fp - \. \+ 1\n} 3 { target x86_64 } } } */
/* { dg-final { scan-assembler-times {\.long __SCK__fp\.cond - \. \+ 1\n} 1 { target x86_64 } } } */
