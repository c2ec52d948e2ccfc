/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The label of a call stands behind it, as GCC may print another instruction in front of it. */
/* { dg-do assemble { target powerpc-*-* } } */
/* { dg-options "-O2 -fno-pic -save-temps -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCK__op;
extern int __SCT__op(int);

static void *addressable[] __attribute__((used)) = { &__SCK__op };

int call(int a)
{
	return __SCT__op(a) + 1;
}

void statement(void)
{
	asm volatile("nop; bl __SCT__op # b __SCT__op\n\tB __SCT__op" : : : "lr", "ctr", "memory");
	asm volatile("bl __SCT__op + 0");
}

/* { dg-final { scan-static-call-sites 3 op } } */
/* { dg-final { scan-assembler-times {\.long \.L[0-9]+ - 4 - \.\n\t\.long __SCK__op - \.\n} 1 } } */
/* { dg-final { scan-assembler-times {\.long 2718281b - 4 - \.\n\t\.long (__SCK__|\.Lsc_key_)op - \.\n} 1 } } */
/* { dg-final { scan-assembler-times {\.long 2718281b - 4 - \.\n\t\.long (__SCK__|\.Lsc_key_)op - \. \+ 1\n} 1 } } */
/* { dg-final { scan-assembler {bl __SCT__op[^\n]*\n2718281:\n} } } */
