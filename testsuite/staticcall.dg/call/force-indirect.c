/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where all calls shall be indirect, these are, and it is said once. */
/* { dg-do compile { target i?86-*-* x86_64-*-* } } */
/* { dg-options "-O2 -mforce-indirect-call" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + fp(1);	/* { dg-warning "stay indirect in this unit: -mforce-indirect-call" } */
}

/* { dg-final { scan-static-call-sites 0 } } */
/* { dg-final { scan-assembler-not {__SCT__} } } */
