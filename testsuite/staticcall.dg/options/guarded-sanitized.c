/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a sanitizer adds between test and call stores to no pointer. */
/* { dg-do compile } */
/* { dg-options "-O1 -fsanitize=address -fsanitize=bounds -fplugin-arg-staticcall-report" } */
#include <staticcall.h>

typedef int fn(int *);
extern fn *fp __static_call;	/* { dg-message "'fp' is marked" } */
static int indexed(int);

int scope(int x)
{
	if (fp) {
		int a[8] = { x };

		return fp(&a[x]);	/* { dg-message "does nothing" } */
	}
	return 0;
}

int element(int x)
{
	int a[8] = { x };

	if (!fp)
		return 0;
	a[1] = a[x] + indexed(x);
	return fp(a);		/* { dg-message "does nothing" } */
}
static int indexed(int x)
{
	int a[8] = { 1, 2 };

	return a[x];
}
/* { dg-message "rewritten, 0 calls left" "" { target *-*-* } 0 } */
