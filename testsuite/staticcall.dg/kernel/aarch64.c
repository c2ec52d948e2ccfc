/* SPDX-License-Identifier: GPL-2.0-or-later */
/* BL and B in statements, with the comments of this assembler. */
/* { dg-do assemble { target aarch64-*-* } } */
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
	asm volatile("nop // bl __SCT__op\n\tBL __SCT__op // b __SCT__op\n\tb __SCT__op" : : : "x30", "memory");
	asm volatile("# bl __SCT__op\n\tmov x0, #';'; bl %c0" : : "i" (__SCT__op) : "x0", "x30");
	asm volatile("bl __SCT__op + 0; b.eq 1f; 1: cbz x0, 1b");
}

/* { dg-final { scan-static-call-sites 4 op } } */
/* { dg-final { scan-assembler-times {\.long 2718281b - \.\n\t\.long (__SCK__|\.Lsc_key_)op - \.\n} 2 } } */
/* { dg-final { scan-assembler-times {\.long 2718281b - \.\n\t\.long (__SCK__|\.Lsc_key_)op - \. \+ 1\n} 1 } } */
