/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function of this unit may be what tests the pointer: GCC sees through it. */
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-staticcall-report" } */
#include <stddef.h>
#include <staticcall.h>

typedef int fn(int);
static fn *fp __static_call;	/* { dg-message "'fp' is marked" } */
static struct { int n; fn *read; } ops __static_call;	/* { dg-message "'ops' is marked" } */
static inline int has_later(void);

static inline int has(void) { return fp != NULL; }
static inline _Bool lacks(void) { return !fp; }
static inline fn *get(void) { return fp; }
static inline int twice(void) { return !!ops.read; }
static inline int sure(int x) { return fp && x > 3; }
static inline int status(void) { return fp ? 0 : -1; }
__attribute__((visibility("hidden"))) int before(int x)
{
	if (x > 3)
		return 0;
	if (!fp)
		return -1;
	return 1;
}

int asked(int x)
{
	if (has())
		return fp(x);		/* { dg-message "does nothing" } */
	return 0;
}

int denied(int x)
{
	if (lacks())
		return 0;
	return fp(x);			/* { dg-message "does nothing" } */
}

int got(int x)
{
	return get() ? fp(x) : 0;	/* { dg-message "does nothing" } */
}

int member(int x)
{
	return twice() ? ops.read(x) : 0;	/* { dg-message "does nothing" } */
}

int with_other(int x)
{
	int ok = sure(x);
	return ok ? fp(x) : 0;		/* { dg-message "does nothing" } */
}

int by_status(int x)
{
	int e = status();
	if (e < 0)
		return e;
	return fp(x);			/* { dg-message "does nothing" } */
}

/* Its statements are there already; with -fPIC its name could be another library's to have. */
int by_statements(int x)
{
	if (before(x) > 0)
		return fp(x);		/* { dg-message "does nothing" } */
	return 0;
}

int later(int x)
{
	if (has_later())
		return fp(x);		/* { dg-message "does nothing" } */
	return 0;
}
static inline int has_later(void) { return (fp != NULL) == 1 ? 4 : 0; }

void set(fn *f)
{
	fp = f;			/* { dg-message "store to .fp." } */
	ops.read = f;		/* { dg-message "store to .ops." } */
}
/* { dg-message "rewritten, 0 calls left" "" { target *-*-* } 0 } */
