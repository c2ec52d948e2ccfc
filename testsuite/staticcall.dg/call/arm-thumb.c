/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * T32: a site starts a word, its record's address has bit 0 set, and what cannot be
 * done within the instructions that may be changed is done by a stub.
 */
/* { dg-do compile { target arm*-*-* } } */
/* { dg-options "-O2 -mthumb -fPIE" } */

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
/* { dg-final { scan-assembler-times {\n[ \t]+\.balign 4\n@ 0 [^\n]*\n\.L\d+:\n[ \t]+\.thumb\n[ \t]+\.syntax unified\n[ \t]+bl[ \t]+__SCT__} 2 } } */
/* { dg-final { scan-assembler-times {\.long \.L\d+ \+ 1 - \.\n} 2 } } */
/* { dg-final { scan-assembler-times {bx[ \t]+lr\n[ \t]+\.thumb_func\n} 2 } } */
/* { dg-final { scan-assembler-times {\n__SCT__[fs]p:(\n[ \t]+\.cfi_\w+)*\n[ \t]+b\.w[ \t]+2f\n} 2 } } */
/* { dg-final { scan-assembler {:lower16:\(sp \+ 0 - \(3f \+ 4\)\)} } } */
/* { dg-final { scan-assembler {:upper16:\(__SCK__fp - \(3f \+ 4\)\)} } } */
