/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With -flto key and trampoline of a global pointer are hidden and merged between units. */
/* { dg-do compile } */
/* { dg-options "-O2 -fPIC -flto -ffat-lto-objects" } */
/* { dg-require-effective-target lto } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + 1;
}

/* { dg-final { scan-assembler {\.weak[ \t]+__SCK__fp\n} } } */
/* { dg-final { scan-assembler {\.hidden[ \t]+__SCK__fp\n} } } */
/* { dg-final { scan-assembler {\.weak[ \t]+__SCT__fp\n} } } */
/* { dg-final { scan-assembler {\.hidden[ \t]+__SCT__fp\n} } } */
/* { dg-final { scan-assembler {"awG",[@%]progbits,__SCK__fp,comdat\n} } } */
/* { dg-final { scan-assembler {"axG",[@%]progbits,__SCK__fp,comdat\n} } } */
/* { dg-final { scan-assembler {__static_call_dso - \.} } } */
