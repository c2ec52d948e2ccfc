/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which version of a function runs is known at run time: each may do something else. */
/* { dg-do compile { target x86_64-*-* i?86-*-* } } */
/* { dg-options "-O2 -fplugin-arg-staticcall-report" } */

typedef int fn(int);
fn *fp __attribute__((static_call));	// { dg-message "'fp' is marked" }

__attribute__((target("default"))) int has() { return fp != 0; }
__attribute__((target("sse4.2"))) int has() { return 1; }
__attribute__((target("default"))) int half(int x) { return x / 2; }
__attribute__((target("sse4.2"))) int half(int x) { fp = 0; return x; }	// { dg-message "store to 'fp'" }

int by_function(int x)
{
	if (has())
		return fp(x);		// { dg-message "static call of 'fp'(?!;)" }
	return 0;
}

int across(int x)
{
	if (!fp)
		return 0;
	x = half(x);
	return fp(x);			// { dg-message "static call of 'fp'(?!;)" }
}
// { dg-message "rewritten, 0 calls left" "" { target *-*-* } 0 }
