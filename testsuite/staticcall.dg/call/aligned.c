/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each site has a prefix, and lies inside one aligned word, padded by more of them. */
/* { dg-do compile { target { x86_64-*-* && lp64 } } } */
/* { dg-options "-O2" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + fp(a + 1) + 1;
}

/* { dg-final { scan-static-call-sites 2 fp } } */
/* { dg-final { scan-assembler-times {\.byte 0x67\n\t\.p2align 3,0x67,4\n} 2 } } */
