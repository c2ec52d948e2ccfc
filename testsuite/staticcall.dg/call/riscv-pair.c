/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A site is the second word of a pair that the linker leaves alone. */
/* { dg-do compile { target riscv64-*-* } } */
/* { dg-options "-O2 -fno-pic" } */

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
/* Only the pair itself is kept from relaxation, the alignment before it is not. */
/* { dg-final { scan-assembler-times {\.balign 4\n# 0 [^\n]*\n# [^\n]*\n\t+\.option push\n\t\.option norelax\n# 0 [^\n]*\n\.L[0-9]+:\n#NO_APP\n\t(call|tail)\t__SCT__fp\n#APP\n# [^\n]*\n\t+\.option pop\n} 2 } } */
/* { dg-final { scan-assembler-times {\.long \.L[0-9]+ \+ 4 - \.\n} 2 } } */
