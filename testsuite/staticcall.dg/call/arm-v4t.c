/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Before ARMv5T, where BLX came: calls stay indirect, and say so once. */
/* { dg-do compile { target arm*-*-* } } */
/* { dg-options "-O2 -march=armv4t -marm -mfloat-abi=soft" } */

extern int (*fp)(int) __attribute__((static_call));

int f(int x)
{
	return fp(x);	/* { dg-warning "stay indirect in this unit: code for processors before ARMv5T" } */
}

int g(int x)
{
	return fp(x + 1);
}
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
