/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A marked pointer that this unit does not call leaves nothing but itself. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

int (*fp)(int) __attribute__((static_call));
static int (*sp)(int) __attribute__((static_call));
extern int (*ep)(int) __attribute__((static_call));

int f(int a)
{
	return a;
}

/* { dg-final { scan-static-call-sites 0 } } */
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
/* { dg-final { scan-assembler {\nfp:} } } */
/* { dg-final { scan-assembler {sp} } } */
