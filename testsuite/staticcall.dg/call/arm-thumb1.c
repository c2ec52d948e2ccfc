/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where T32 has no branches of 32 bits: calls stay indirect, and say so once. */
/* { dg-do compile { target arm*-*-* } } */
/* { dg-options "-O2 -mcpu=cortex-m0 -mthumb -mfloat-abi=soft" } */

extern int (*fp)(int) __attribute__((static_call));

int f(int x)
{
	return fp(x);	/* { dg-warning "stay indirect in this unit: Thumb-1 is not supported" } */
}

int g(int x)
{
	return fp(x + 1);
}
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
