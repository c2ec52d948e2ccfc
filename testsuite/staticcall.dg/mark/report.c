/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The report says what was marked, rewritten and left alone, each at its place. */
/* { dg-do compile } */
/* { dg-options "-O2 -Wno-attributes -fplugin-arg-staticcall-report" } */

typedef int fn_t(int);

fn_t *fp __attribute__((static_call));	/* { dg-message "'fp' is marked 'static_call'" } */
fn_t *gp __attribute__((static_call));	/* { dg-message "'gp' is marked 'static_call'" } */
extern int any(void);
extern void pass(fn_t **);

void set(fn_t *f)
{
	fp = f;	/* { dg-message "store to 'fp' updates its static calls" } */
	pass(&gp);
}

int caller(int a)
{
	a += fp(a);	/* { dg-message "static call of 'fp'" } */
	return fp(any()) + 1;	/* { dg-message "call of 'fp' left as it is: " } */
}

/* { dg-message {report\.c: 2 variables marked, 1 call and 1 store rewritten, 1 call left, 1 variable escaped} "" { target *-*-* } 0 } */
