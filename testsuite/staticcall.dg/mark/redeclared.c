/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A mark on any declaration holds for all of them from then on, also inside of blocks. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

extern int (*fp)(int);
extern int (*fp)(int) __attribute__((static_call));
extern int (*fp)(int);

int outer(int a)
{
	return fp(a) + 1;
}

int inner(int a)
{
	extern int (*fp)(int);

	return fp(a) + 2;
}

/* { dg-final { scan-static-call-sites 2 fp } } */
