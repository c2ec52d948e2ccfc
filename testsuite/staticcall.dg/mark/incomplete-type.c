/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Marked while its type was incomplete; it is judged once it is complete. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

struct ops;
extern struct ops ops __attribute__((static_call));
extern int (*tbl[])(int) __attribute__((static_call));

struct ops {
	int (*read)(int);
};

int caller(int a)
{
	return ops.read(a) + tbl[3](a) + 1;
}

/* { dg-final { scan-static-call-sites 1 ops.read } } */
/* { dg-final { scan-static-call-sites 2 } } */
