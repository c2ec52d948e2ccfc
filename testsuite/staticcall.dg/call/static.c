/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Key and trampoline of a static pointer are local: no other unit's are merged with them. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

static int (*sp)(int) __attribute__((static_call));

void set(int (*f)(int))
{
	sp = f;
}

int caller(int a)
{
	return sp(a) + 1;
}

/* { dg-final { scan-static-call-sites 1 sp } } */
/* { dg-final { scan-assembler {\n__SCT__sp:} } } */
/* { dg-final { scan-assembler {\n__SCK__sp:} } } */
/* { dg-final { scan-assembler-not {\.(weak|globl)[ \t]+__SC[TK]__sp} } } */
