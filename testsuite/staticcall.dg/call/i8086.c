/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Code for the 16-bit modes: calls stay indirect, and say so. */
/* { dg-do compile { target i?86-*-* x86_64-*-* } } */
/* { dg-options "-O2 -m16" } */

int (*fp)(int) __attribute__((static_call));

int f(int x)
{
	return fp(x);	/* { dg-warning "stay indirect in this unit: -m16 is not supported" } */
}
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
