/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where long and pointers have 32 bits, calls stay indirect, and say so once. */
/* { dg-do compile { target x86_64 } } */
/* { dg-options "-O2 -mx32" } */

typedef int fn_t(int);

extern fn_t *fp __attribute__((static_call));

int f(int x)
{
	return fp(x);	/* { dg-warning "stay indirect in this unit: x32 is not supported" } */
}

int g(int x)
{
	return fp(x + 1);
}
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
