/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages that are known to be wrong, and one that is no more. */
/* { dg-do compile } */
/* { dg-options "-Wall" } */

int function(void)
{
	int used = 0;	/* { dg-warning "missing" "xfail" { xfail *-*-* } } */
	int unused;	/* { dg-bogus "unused" "xfail" { xfail native } } */
	int other;	/* { dg-warning "unused" "xpass" { target native xfail *-*-* } } */

	return used;	/* { dg-error "not for us" "no result" { target no-such-cpu-*-* } } */
}
