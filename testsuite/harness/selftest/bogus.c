/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A message that must not be: FAIL. */
/* { dg-do compile } */
/* { dg-options "-Wall" } */

int function(void)
{
	int unused;	/* { dg-bogus "unused variable" "false alarm" } */

	return 0;
}
