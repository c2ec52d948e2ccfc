/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Debug information and profiling are no obstacle. */
/* { dg-do assemble } */
/* { dg-options "-O2 -g3 -fprofile-arcs -ftest-coverage -p -fno-omit-frame-pointer" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + 1;
}

int tail(int a)
{
	return fp(a);
}

/* { dg-final { scan-static-call-sites 2 fp } } */
