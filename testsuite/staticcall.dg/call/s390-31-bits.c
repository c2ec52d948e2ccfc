/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With addresses of 31 bits, calls stay indirect, and say so once. */
/* { dg-do compile { target s390x-*-* } } */
/* { dg-options "-O2 -m31" } */

typedef int fn_t(int);

extern fn_t *fp __attribute__((static_call));

int f(int x)
{
	return fp(x);	/* { dg-warning "stay indirect in this unit: -m31 is not supported" } */
}

int g(int x)
{
	return fp(x + 1);
}
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
