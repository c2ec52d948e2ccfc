/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A name that stands for something unfit is a warning, a glob's match no word. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-staticcall-mark=number,tls,glob_*" } */

int number;	/* { dg-warning "'number' is neither a pointer to a function" } */
__thread int (*tls)(int);	/* { dg-warning "'tls' is thread-local" } */
int glob_number;
__thread int (*glob_tls)(int);
int (*glob_fp)(int);

int caller(int a)
{
	return glob_fp(a) + tls(a) + glob_tls(a);
}

/* { dg-final { scan-static-call-sites 1 glob_fp } } */
/* { dg-final { scan-static-call-sites 1 } } */
