/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An address in a static initializer, which no statement shows. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

typedef int fn_t(int);

fn_t *fp __attribute__((static_call));	/* { dg-message "'fp' is declared here" } */
static fn_t *sp __attribute__((static_call));	/* { dg-message "'sp' is declared here" } */
fn_t **holder = &fp;	/* { dg-warning "address of 'fp'" } */
struct { int n; fn_t **p; } holders[] = { { 1, &sp } };	/* { dg-warning "address of 'sp'" } */

int caller(int a)
{
	return fp(a) + sp(a) + 1;
}

/* { dg-final { scan-static-call-sites 2 } } */
/* { dg-final { scan-assembler {\.static_call_escapes} } } */
