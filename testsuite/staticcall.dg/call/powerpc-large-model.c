/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Data may be out of a trampoline's reach: calls stay indirect, and say so once. */
/* { dg-do compile { target powerpc64le-*-* } } */
/* { dg-options "-O2 -mcmodel=large" } */

extern int (*fp)(int) __attribute__((static_call));

int f(int x)
{
	return fp(x);	/* { dg-warning "stay indirect in this unit: -mcmodel=large has data out of reach of a trampoline" } */
}
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
