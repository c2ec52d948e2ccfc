/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pointer whose address is passed on is never patched; the warning says where. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

int (*fp)(int) __attribute__((static_call));	/* { dg-message "'fp' is declared here" } */
extern void set(int (**p)(int));

int caller(int a)
{
	set(&fp);	/* { dg-warning "address of 'fp', marked 'static_call', is taken: .*never patched" } */
	set(&fp);	/* { dg-bogus "fp" "once is enough" } */
	return fp(a) + 1;
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-assembler-times {\.static_call_escapes} 1 } } */
