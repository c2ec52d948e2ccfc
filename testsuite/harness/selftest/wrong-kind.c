/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A warning is no error, and an error no warning. */
/* { dg-do compile } */
/* { dg-options "-Wall" } */

int function(void)
{
	int unused;	/* { dg-error "unused variable" } */

	return nothing;	/* { dg-warning "undeclared" } */
	/* { dg-message "reported only once" "" { target *-*-* } .-1 } */
}
/* { dg-warning "control reaches end" "" { target *-*-* } .-1 } */
