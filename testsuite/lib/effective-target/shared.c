/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared libraries. */
/* { dg-do link } */
/* { dg-options "-shared -fPIC" } */
extern int other(void);

int function(void)
{
	return other();
}
