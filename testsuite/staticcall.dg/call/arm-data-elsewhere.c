/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With data at no fixed distance from code: calls stay indirect, and say so once. */
/* { dg-do compile { target arm*-*-* } } */
/* { dg-options "-O2 -fPIC -mno-pic-data-is-text-relative" } */

extern int (*fp)(int) __attribute__((static_call));

int f(int x)
{
	return fp(x);	/* { dg-warning "stay indirect in this unit: -mno-pic-data-is-text-relative leaves" } */
}

int g(int x)
{
	return fp(x + 1);
}
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
