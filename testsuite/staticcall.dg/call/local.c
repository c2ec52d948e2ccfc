/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Key and trampoline are local to the unit, also those of a global pointer. */
/* { dg-do compile } */
/* { dg-options "-O2 -fPIC" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + 1;
}

/* { dg-final { scan-assembler-not {\.(weak|globl)[ \t]+__SC[KT]__fp\n} } } */
/* { dg-final { scan-assembler-not {comdat} } } */
/* { dg-final { scan-assembler {\.pushsection \.data\.rel\.ro\.static_call\.fp,"aw",[@%]progbits\n} } } */
/* { dg-final { scan-assembler {\.pushsection \.text\.static_call\.fp,"ax",[@%]progbits\n} } } */
/* { dg-final { scan-assembler {__static_call_dso - \.} } } */
