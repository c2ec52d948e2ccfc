/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions without a TOC pointer cannot call a trampoline, which needs it. */
/* { dg-do compile { target powerpc64le-*-* } } */
/* { dg-options "-O2 -mcpu=power10 -mpcrel" } */

extern int (*fp)(int) __attribute__((static_call));

int f(int x)
{
	return fp(x);	/* { dg-warning "stay indirect in this unit: -mpcrel has no TOC pointer, which a trampoline needs" } */
}
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
