/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Alignment of sites can be had without; the prefix of each cannot. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-align=none" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + fp(a + 1) + 1;
}

/* { dg-final { scan-static-call-sites 2 fp } } */
/* { dg-final { scan-assembler-not {\.p2align 3,0x67} } } */
/* { dg-final { scan-assembler-times {\t(\.byte 0x67|gs)\n} 2 { target x86_64-*-* i?86-*-* } } } */
