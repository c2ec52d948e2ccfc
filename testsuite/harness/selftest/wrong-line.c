/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A message on another line is not the expected one, not even where the
   column of one is the line of the other. */
/* { dg-do compile } */
/* { dg-options "-Wall" } */

int function(void)
{
/* The next line's message stands on line 12, in column 13. */
	/* { dg-warning "unused variable" } */

	int unused;

	return 0;
}
/* { dg-warning "unused variable" "column" { target *-*-* } 13 } */
/* { dg-warning "unused variable" "relative" { target *-*-* } .+1 } */
