/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The name of a member that is a structure or an array stands for all the pointers in it. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=o.in,o.fn,p,!p.in,!p.fn,q.in.read" } */

typedef int fn_t(int);

struct ops {
	struct { fn_t *read, *write; } in;
	fn_t *fn[2], *inner, *fnord;
} o, p, q;

int marked(int x)
{
	return o.in.read(x) + o.in.write(x) + o.fn[0](x) + o.fn[1](x);
}

int unmarked(int x)
{
	return o.inner(x) + o.fnord(x) + p.in.read(x) + p.in.write(x) + p.fn[1](x) + q.in.write(x);
}

int others(int x)
{
	return p.inner(x) + p.fnord(x) + q.in.read(x);
}

/* { dg-final { scan-static-call-sites 7 } } */
/* { dg-final { scan-static-call-sites 1 o.in.read } } */
/* { dg-final { scan-static-call-sites 1 o.in.write } } */
/* { dg-final { scan-static-call-sites 1 o.fn.at0 } } */
/* { dg-final { scan-static-call-sites 1 o.fn.at1 } } */
/* { dg-final { scan-static-call-sites 1 p.inner } } */
/* { dg-final { scan-static-call-sites 1 p.fnord } } */
/* { dg-final { scan-static-call-sites 1 q.in.read } } */
