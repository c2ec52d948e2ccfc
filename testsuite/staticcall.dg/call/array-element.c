/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An element at a constant index has a key; one at a variable index is called as in C. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-report" } */

int (*tbl[4])(int) __attribute__((static_call));	/* { dg-message "'tbl' is marked" } */

int constant(int a)
{
	enum { TWO = 2 };

	return tbl[TWO](a) + 1;	/* { dg-message "static call of 'tbl.2.'" } */
}

int variable(int i, int a)
{
	return tbl[i](a) + 1;	/* { dg-message "call of 'tbl' left as it is: which element" } */
}

/* { dg-final { scan-static-call-sites 1 } } */
/* { dg-final { scan-assembler-times {"tbl\[2\]"} 1 } } */
/* { dg-message "1 variable marked, 1 call and 0 stores rewritten, 1 call left" "" { target *-*-* } 0 } */
