/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A site saves the TOC pointer and loads it again, in the place of GCC's nop; so it is
 * never a jump.  A trampoline has an entry for who has the same TOC pointer.
 */
/* { dg-do compile { target powerpc64le-*-* } } */
/* { dg-options "-O2" } */

int (*fp)(int) __attribute__((static_call));

int call(int a)
{
	return fp(a) + 1;
}

int tail(int a)
{
	return fp(a);
}

/* { dg-final { scan-static-call-sites 2 fp } } */
/* { dg-final { scan-assembler-times {\tstd\t2, 24\(1\)\n\t\.macro\tnop\n\tld\t2, 24\(1\)\n\t\.endm\n # 0 [^\n]*\n\.L[0-9]+:\n#NO_APP\n\tbl __SCT__fp\n\tnop\n#APP\n # [^\n]*\n\t+\.purgem\tnop\n} 2 } } */
/* { dg-final { scan-assembler-not {\tb __SCT__fp} } } */
/* { dg-final { scan-assembler-times {__SCK__fp - \.\n} 2 } } */
/* { dg-final { scan-assembler {\taddi\t2, 2, \.TOC\.-__SCT__fp@l\n\t\.localentry\t__SCT__fp, 8\n\tnop\n} } } */
