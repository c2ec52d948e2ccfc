/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What -finstrument-functions calls at a helper's begin and end may change a pointer. */
/* { dg-do compile } */
/* { dg-options "-O2 -finstrument-functions -fplugin-arg-staticcall-report" } */

typedef int fn(int);
fn *fp __attribute__((static_call));	/* { dg-message "'fp' is marked" } */

static inline int has(void);
static inline int half(int x);
static inline int quiet(int x) __attribute__((no_instrument_function));

int by_function(int x)
{
	if (!has())
		return 0;
	return fp(x);			/* { dg-message "static call of 'fp'(?!;)" } */
}

int across(int x)
{
	if (!fp)
		return 0;
	x = half(x);
	return fp(x);			/* { dg-message "static call of 'fp'(?!;)" } */
}

int across_quiet(int x)
{
	if (!fp)
		return 0;
	x = quiet(x);
	return fp(x);			/* { dg-message "does nothing" } */
}

static inline int has(void) { return fp != 0; }
static inline int half(int x) { return x / 2; }
static inline int quiet(int x) { return x / 2; }
/* { dg-message "rewritten, 0 calls left" "" { target *-*-* } 0 } */
