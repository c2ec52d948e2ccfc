/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An asm label of which no symbol can be made: a plain pointer, and it is said. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

int (*fp)(int) __asm__("\"a name\"") __attribute__((static_call));	/* { dg-warning "no symbols can be made of '\"a name\"'" } */

int call(int x)
{
	return fp(x);
}

/* { dg-final { scan-static-call-sites 0 } } */
/* { dg-final { scan-assembler-not {__SC[EKT]__} } } */
