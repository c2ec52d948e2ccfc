/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A member reached through a pointer may be any object's: the call stays as it is. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

struct ops {
	int (*read)(int);
};

struct ops ops __attribute__((static_call));

int caller(struct ops *o, int a)
{
	return o->read(a) + 1;
}

/* { dg-final { scan-static-call-sites 0 } } */
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
