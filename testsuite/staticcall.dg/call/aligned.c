/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each site lies inside one aligned word, padded by prefixes of its own. */
/* { dg-do compile { target x86_64-*-* i?86-*-* } } */
/* { dg-options "-O2" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + fp(a + 1) + 1;
}

/* { dg-final { scan-static-call-sites 2 fp } } */
/* { dg-final { scan-assembler-times {\.p2align 3,0x2e,4\n} 2 } } */
