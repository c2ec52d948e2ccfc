/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A32: instructions are words; a trampoline has the distance as a literal. */
/* { dg-do compile { target arm*-*-* } } */
/* { dg-options "-O2 -marm -fPIE" } */

extern int (*fp)(int) __attribute__((static_call));
static int (*sp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + sp(a);
}

void set(int (*to)(int))
{
	sp = to;
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-static-call-sites 1 sp } } */
/* { dg-final { scan-assembler-not {balign 4\n[^\n]*\n[^\n]*\n\.L\d+:\n[ \t]+bl} } } */
/* { dg-final { scan-assembler-times {\.long \.L\d+ - \.\n} 2 } } */
/* { dg-final { scan-assembler-times {\n__SCT__[fs]p:(\n[ \t]+\.cfi_\w+)*\n[ \t]+\.inst[ \t]+0xe320f000 } 2 } } */
/* { dg-final { scan-assembler {\.word[ \t]+sp \+ 0 - \(2b \+ 8\)\n} } } */
/* { dg-final { scan-assembler {\.word[ \t]+__SCK__fp - \(2b \+ 8\)\n} } } */
