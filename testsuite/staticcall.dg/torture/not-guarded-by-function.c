/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions whose value does not tell of the pointer, or that others may replace. */
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-staticcall-report" } */
#include <stddef.h>
#include <staticcall.h>

typedef int fn(int);
static fn *fp __static_call;	/* { dg-message "'fp' is marked" } */
static fn *gp __static_call;	/* { dg-message "'gp' is marked" } */
int any(void);
static int count;

static inline int other(void) { return gp != NULL; }
static inline int either(int x) { return fp || x; }
static inline int clears(void)
{
	int there = fp != NULL;

	any();
	return there;
}
static inline int stores(void) { return fp && (fp = gp) != fp; }	/* { dg-message "store to .fp." } */
static inline int status(void) { return fp ? 0 : 1; }
int earlier(int x)
{
	if (x > 3)
		return 1;
	return fp != NULL;
}
int changed(int x)
{
	if (!fp)
		return 0;
	any();
	return x | 1;
}
__attribute__((weak)) int replaced(void) { return fp != NULL; }
__attribute__((noipa)) int hidden(void) { return fp != NULL; }
static int deep(int n) { return n ? deep(n - 1) : fp != NULL; }

int all(int x)
{
	int sum = 0;

	if (other())
		sum += fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
	if (either(x))
		sum += fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
	if (clears())
		sum += fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
	if (stores())
		sum += fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
	if (status() >= 0)
		sum += fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
	if (earlier(x))
		sum += fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
	if (changed(x))
		sum += fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
	if (replaced())
		sum += fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
	if (hidden())
		sum += fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
	if (deep(x))
		sum += fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
	return sum;
}

int since(int x)
{
	int there = deep(0) && fp;

	any();
	if (there)
		return fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
	return count;
}

void set(fn *f)
{
	fp = f;			/* { dg-message "store to .fp." } */
	gp = f;			/* { dg-message "store to .gp." } */
}
/* { dg-message "rewritten, 0 calls left" "" { target *-*-* } 0 } */
