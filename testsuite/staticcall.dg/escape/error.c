/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -Werror=attributes makes it an error. */
/* { dg-do compile } */
/* { dg-options "-O2 -Werror=attributes" } */

int (*fp)(int) __attribute__((static_call));	/* { dg-message "'fp' is declared here" } */
extern void set(int (**p)(int));

int caller(int a)
{
	set(&fp);	/* { dg-error "address of 'fp'.*Werror=attributes" } */
	return fp(a) + 1;
}
