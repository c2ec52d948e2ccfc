/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A basic asm may change anything, also in a function whose turn comes later. */
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-staticcall-report" } */
extern int (*fp)(int) __attribute__((static_call));	/* { dg-message "'fp' is marked" } */
static int changes(int);
static int changes_nothing(int);

int after_basic(int x)
{
	if (fp) {
		x = changes(x);
		return fp(x);		/* { dg-message "static call of .fp.(?!;)" } */
	}
	return 0;
}

int after_empty(int x)
{
	if (fp) {
		x = changes_nothing(x);
		return fp(x);		/* { dg-message "does nothing" } */
	}
	return 0;
}

static int changes(int x)
{
	__asm__("nop");
	return x;
}

static int changes_nothing(int x)
{
	__asm__("");
	return x;
}
/* { dg-message "rewritten, 0 calls left" "" { target *-*-* } 0 } */
