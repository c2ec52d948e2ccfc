/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The last name or glob that matches counts; with ! it takes a mark back. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=h_*,!h_b*,h_bc" } */

int (*h_a)(int), (*h_b)(int), (*h_bc)(int), (*h_bd)(int);

int caller(int a)
{
	return h_a(a) + h_b(a) + h_bc(a) + h_bd(a) + 1;
}

/* { dg-final { scan-static-call-sites 1 h_a } } */
/* { dg-final { scan-static-call-sites 1 h_bc } } */
/* { dg-final { scan-static-call-sites 2 } } */
