/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The result of a call stored to a pointer is an update, too. */
/* { dg-do compile } */
/* { dg-options "-O2 -fexceptions -fnon-call-exceptions" } */

typedef int fn_t(int);
fn_t *fp __attribute__((static_call));
extern fn_t *choose(void);

int caller(int a)
{
	fp = choose();
	return fp(a) + 1;
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-assembler-times {\m(call|bl|brasl)\M[^\n]*__static_call_store} 1 } } */
