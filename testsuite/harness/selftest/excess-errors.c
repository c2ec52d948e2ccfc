/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A message that no directive expects: FAIL. */
/* { dg-do compile } */
/* { dg-options "-Wall" } */

int function(void)
{
	int unused;

	return 0;
}
