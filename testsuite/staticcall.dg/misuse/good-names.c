/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All of what names and globs may hold. */
/* { dg-do compile } */
/* { dg-options {-O2 -fplugin-arg-staticcall-mark=f$p,*_hook,[!a-z]p,[]x]y,good-names.c:op?.[rw]*,n::t<int[3]>::fp,::fp} } */

int (*f$p)(int);
int (*a_hook)(int);
int (*Fp)(int);
int (*xy)(int);
struct { int (*read)(int), (*other)(int); } ops;

int caller(int a)
{
	return f$p(a) + a_hook(a) + Fp(a) + xy(a) + ops.read(a) + ops.other(a);
}

/* { dg-final { scan-static-call-sites 1 {f$p} } } */
/* { dg-final { scan-static-call-sites 1 a_hook } } */
/* { dg-final { scan-static-call-sites 1 Fp } } */
/* { dg-final { scan-static-call-sites 1 xy } } */
/* { dg-final { scan-static-call-sites 1 ops.read } } */
/* { dg-final { scan-static-call-sites 5 } } */
