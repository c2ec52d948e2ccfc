/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Another name for a marked pointer, by which anyone can store to it. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

typedef int fn_t(int);

fn_t *fp __attribute__((static_call));	/* { dg-message "'fp' is declared here" } */
extern fn_t *other __attribute__((alias("fp")));	/* { dg-warning "address of 'fp'" } */

int caller(int a)
{
	return fp(a) + 1;
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-assembler {\.static_call_escapes} } } */
