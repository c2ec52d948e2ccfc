/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Without a mark there is nothing to do, and nothing is done but to tell others. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

int (*fp)(int);
struct { int (*read)(int); } ops;

int caller(int a, int (*f)(int))
{
	fp = f;
	ops.read = f;
	return fp(a) + ops.read(a);
}

/* { dg-final { scan-static-call-sites 0 } } */
/* { dg-final { scan-assembler-not {static_call_(store|sync|sites|escapes|dso)|__SCK__|__SCT__(fp|ops)} } } */
