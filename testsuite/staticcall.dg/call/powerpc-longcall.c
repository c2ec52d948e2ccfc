/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls of any distance are indirect: with the option all of them, and it says so once. */
/* { dg-do compile { target powerpc*-*-* } } */
/* { dg-options "-O2 -mlongcall" } */

extern int (*fp)(int) __attribute__((static_call));

int f(int x)
{
	return fp(x);	/* { dg-warning "stay indirect in this unit: -mlongcall has no direct calls" } */
}

int g(int x)
{
	return fp(x + 1);
}
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
