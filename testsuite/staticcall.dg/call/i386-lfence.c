/* SPDX-License-Identifier: GPL-2.0-or-later */
/* To the assembler the prefix is no data, about which it would have something to say. */
/* { dg-do assemble { target i?86-*-* x86_64-*-* } } */
/* { dg-options "-O2 -m32 -fno-pic -Wa,-mlfence-before-ret=yes,-mlfence-before-indirect-branch=register" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + 1;
}

int tail(int a)
{
	return fp(a);
}

void conditional(int a)
{
	if (a)
		fp(a);
}

/* { dg-final { scan-static-call-sites 3 fp } } */
