/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages that the compiler does not give: FAIL for each. */
/* { dg-do compile } */
/* { dg-options "-Wall" } */

int function(void)
{
	int used = 0;	/* { dg-error "no error" } */

	used++;		/* { dg-warning "no warning" "named" } */
	return used;	/* { dg-message "no note" } */
}
/* { dg-error "none at all" "anywhere" { target *-*-* } 0 } */
