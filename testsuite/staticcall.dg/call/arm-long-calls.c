/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With long calls: calls stay indirect, and say so once. */
/* { dg-do compile { target arm*-*-* } } */
/* { dg-options "-O2 -mlong-calls" } */

extern int (*fp)(int) __attribute__((static_call));

int f(int x)
{
	return fp(x);	/* { dg-warning "stay indirect in this unit: -mlong-calls has no direct calls" } */
}

int g(int x)
{
	return fp(x + 1);
}
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
