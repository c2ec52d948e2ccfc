/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where an argument's evaluation may change the pointer, the call stays as it is. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-report" } */

extern int (*fp)(int) __attribute__((static_call));	/* { dg-message "'fp' is marked" } */
extern int any(void);
extern int none(void) __attribute__((pure));
extern int *place;

int may_change(void)
{
	return fp(any()) + 1;	/* { dg-message "left as it is: the pointer may change" } */
}

int cannot_change(void)
{
	*place = 5;
	return fp(none()) + 1;	/* { dg-message "static call of 'fp'" } */
}

/* { dg-final { scan-static-call-sites 1 } } */
/* { dg-message "1 variable marked, 1 call and 0 stores rewritten, 1 call left" "" { target *-*-* } 0 } */
