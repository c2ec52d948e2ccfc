/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two static pointers of one name in one unit have each a key of their own. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

extern int f(int), g(int);

int first(int a)
{
	static int (*lp)(int) __attribute__((static_call)) = f;

	return lp(a) + lp(a + 1);
}

int second(int a)
{
	static int (*lp)(int) __attribute__((static_call)) = g;

	return lp(a) + 1;
}

/* { dg-final { scan-static-call-sites 3 lp* } } */
/* { dg-final { scan-assembler-times {\n__SCK__lp[^\n]*:} 2 } } */
/* { dg-final { scan-assembler-times {\n__SCT__lp[^\n]*:} 2 } } */
/* { dg-final { scan-assembler-times {"lp"} 2 } } */
