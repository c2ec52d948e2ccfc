/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The instruction that tells whether floating arguments are in registers is printed as
 * a part of the call: the record is of the branch behind it.
 */
/* { dg-do compile { target powerpc-*-* } } */
/* { dg-options "-O2 -fno-pic" } */

int (*fp)(int, ...) __attribute__((static_call));

int with(void)
{
	return fp(1, 2.0) + 1;
}

int without(void)
{
	return fp(1, 2);
}

/* { dg-final { scan-static-call-sites 2 fp } } */
/* { dg-final { scan-assembler-times {\tcreqv 6,6,6\n\tbl __SCT__fp(@local)?\n\.L[0-9]+:\n} 1 } } */
/* { dg-final { scan-assembler-times {\tcrxor 6,6,6\n\tb __SCT__fp(@local)?\n\.L[0-9]+:\n} 1 } } */
/* { dg-final { scan-assembler-times {\.long \.L[0-9]+ \+ -4 - \.\n} 2 } } */
