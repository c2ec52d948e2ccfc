/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call in return position becomes a jump, which the record says. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a);
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-assembler-times {\m(jmp|tail|b|b\.w|jg)\M[^\n]*__SCT__fp\M} 1 { target { ! powerpc64*-*-* } } } } */
/* { dg-final { scan-assembler-times {\.long[ \t]+__SCK__fp - \. \+ 1\n} 1 { target { ! powerpc64*-*-* } } } } */
/* Who calls restores the TOC pointer there, so a jump does not do. */
/* { dg-final { scan-assembler-times {\mbl\M[^\n]*__SCT__fp\M} 1 { target powerpc64*-*-* } } } */
