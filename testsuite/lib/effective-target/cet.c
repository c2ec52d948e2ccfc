/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Branch targets are marked for indirect branch tracking. */
/* { dg-do assemble } */
/* { dg-options "-fcf-protection=full" } */
int function(void)
{
	return 0;
}
