/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A helper with optimizations of its own means other things by the same words. */
/* { dg-do compile } */
/* { dg-options "-O2 -Wno-attributes -fplugin-arg-staticcall-report" } */

typedef int fn(int);
fn *fp __attribute__((static_call));	/* { dg-message "'fp' is marked" } */

__attribute__((optimize("no-strict-aliasing"), noinline)) static void zap(long *p) { *p = 0; }
static void zap_long(long *p) { *p = 0; }

int across(int x, long *p)
{
	if (!fp)
		return 0;
	zap(p);
	return fp(x);			/* { dg-message "static call of 'fp'(?!;)" } */
}

int across_same(int x, long *p)
{
	if (!fp)
		return 0;
	zap_long(p);
	return fp(x);			/* { dg-message "does nothing" } */
}

/* { dg-message "rewritten, 0 calls left" "" { target *-*-* } 0 } */
