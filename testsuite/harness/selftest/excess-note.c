/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Notes are messages too: FAIL where no directive expects them. */
/* { dg-do compile } */

int function(void)
{
	return nothing;	/* { dg-error "undeclared" } */
}
