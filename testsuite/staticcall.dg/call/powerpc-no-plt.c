/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Without a PLT GCC has no direct calls of anything outside of the unit. */
/* { dg-do compile { target powerpc*-*-* } } */
/* { dg-options "-O2 -fPIC -fno-plt" } */

extern int (*fp)(int) __attribute__((static_call));

int f(int x)
{
	return fp(x);	/* { dg-warning "stay indirect in this unit: -fno-plt has no direct calls" } */
}
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
