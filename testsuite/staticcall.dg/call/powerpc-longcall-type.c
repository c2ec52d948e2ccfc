/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Types can ask for calls of any distance, and for the others. */
/* { dg-do compile { target powerpc*-*-* } } */
/* { dg-options "-O2 -fplugin-arg-staticcall-report" } */

typedef int far_t(int) __attribute__((longcall));
typedef int near_t(int) __attribute__((longcall, shortcall));

extern far_t *far __attribute__((static_call));	/* { dg-message "'far' is marked" } */
extern near_t *near __attribute__((static_call));	/* { dg-message "'near' is marked" } */

int f(int x)
{
	return far(x);	/* { dg-message {call of 'far' left as it is: its type has the attribute "longcall"} } */
}

int g(int x)
{
	return near(x);	/* { dg-message "static call of 'near'" } */
}
/* { dg-message {2 variables marked, 1 call and 0 stores? rewritten, 1 call left} "" { target *-*-* } 0 } */
/* { dg-final { scan-static-call-sites 0 far } } */
/* { dg-final { scan-static-call-sites 1 near } } */
