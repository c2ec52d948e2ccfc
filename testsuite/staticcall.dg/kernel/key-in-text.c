/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key that a text alone names is in the object, and so the record's; but not from a comment. */
/* { dg-do compile { target x86_64-*-* } } */
/* { dg-options "-O2 -fno-pic -DMODULE -fplugin-arg-staticcall-mode=kernel" } */

extern void __SCT__inside(void), __SCT__outside(void), __SCT__immediate(void), __SCT__comment(void), __SCT__string(void), __SCT__longer(void), __SCT__quoted(void);

asm(".pushsection .discard.keys; .long __SCK__outside - .; .popsection");

void calls(void)
{
	asm volatile(".global __SCK__inside; call __SCT__inside");
	__SCT__outside();
	asm volatile("cmpl $__SCK__immediate, %%eax" : : : "cc");
	__SCT__immediate();
	asm volatile("# __SCK__comment\n\t.pushsection .discard.s; .ascii \"__SCK__string\"; .popsection");
	asm volatile(".global __SCK__longer_name");
	asm volatile(".long \"__SCK__quoted\" - .");
	__SCT__quoted();
	__SCT__comment();
	__SCT__string();
	__SCT__longer();
	asm volatile("");
}

/* { dg-final { scan-assembler {\.long \.Lsc_key_inside - \.\n} } } */
/* { dg-final { scan-assembler {\.set \.Lsc_key_inside, __SCK__inside\n} } } */
/* { dg-final { scan-assembler {\t\.ifdef \.Lsc_named___SCK__immediate\n\t\.long \.L[0-9]+ - 5 - \.\n\t\.long __SCK__immediate - \.\n\t\.else\n\t\.long \.L[0-9]+ - 5 - \.\n\t\.long __SCT__immediate - \.\n\t\.endif\n} } } */
/* { dg-final { scan-assembler {\.long __SCK__outside - \.\n} } } */
/* { dg-final { scan-assembler {\.long __SCK__quoted - \.\n} } } */
/* { dg-final { scan-assembler {\.long __SCT__comment - \.\n} } } */
/* { dg-final { scan-assembler {\.long __SCT__string - \.\n} } } */
/* { dg-final { scan-assembler {\.long __SCT__longer - \.\n} } } */
