/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All the ways to write a call of a pointer are one site each, also without optimization. */
/* { dg-do compile } */
/* { dg-options "-O0 -std=gnu17" } */

typedef int fn_t(int);

fn_t *fp __attribute__((static_call));
fn_t *volatile vp __attribute__((static_call));
int (*varargs)(int, ...) __attribute__((static_call));
int (*old)() __attribute__((static_call));

int caller(int a)
{
	a += fp(a);
	a += (*fp)(a);
	a += (****fp)(a);
	a += ({ fp; })(a);
	a += ((fn_t *)(void *)fp)(a);
	a += fp ? fp(a) : 0;
	a += vp(a);
	a += varargs(a, 1.0);
	a += old(a, a);
	(void)fp(a);
	for (int i = 0; i < 3; i++)
		a += fp(i);
	return fp(a);
}

/* { dg-final { scan-static-call-sites 8 fp } } */
/* { dg-final { scan-static-call-sites 1 fp.cond } } */
/* { dg-final { scan-static-call-sites 1 vp } } */
/* { dg-final { scan-static-call-sites 1 varargs } } */
/* { dg-final { scan-static-call-sites 1 old } } */
/* { dg-final { scan-static-call-sites 12 } } */
