/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Diagnostics are tied to their line, also where the line is given as a distance. */
/* { dg-do compile } */
/* { dg-options "-Wall -std=gnu11" } */

void undeclared(void)
{
	int unused;	/* { dg-warning "unused variable 'unused'" } */

	nothing = 1;	/* { dg-error "'nothing' undeclared" "undeclared" } */
	/* { dg-message "note: each undeclared identifier" "once" { target *-*-* } .-1 } */
}

int valueless(void)
{
}
/* { dg-warning "control reaches end" "no value" { target *-*-* } .-1 } */
/* { dg-bogus "internal compiler error" "crash" { target *-*-* } 0 } */
