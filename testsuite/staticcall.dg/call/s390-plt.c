/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What looks like a call by way of the PLT is a site too: the linker makes none of it. */
/* { dg-do compile { target s390x-*-* } } */
/* { dg-options "-O2 -fPIC" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + 1;
}

int tail(int a)
{
	return fp(a);
}

/* { dg-final { scan-static-call-sites 2 fp } } */
/* { dg-final { scan-assembler {\.p2align 3,,4\n(# [^\n]*\n)?\.L[0-9]+:\n#NO_APP\n\tbrasl\t%r14,__SCT__fp@PLT\n} } } */
/* { dg-final { scan-assembler {\.p2align 3,,4\n(# [^\n]*\n)?\.L[0-9]+:\n#NO_APP\n\tjg\t__SCT__fp@PLT\n} } } */
