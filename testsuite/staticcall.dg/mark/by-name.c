/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pointers marked by name on the command line, without a word in the source. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=alpha,beta_*,by-name.c:local,ops,tbl" } */

typedef int fn_t(int);

fn_t *alpha, *beta_one, *beta_two, *gamma_, *tbl[3];
struct { fn_t *read, *write; } ops;
static fn_t *local;

void set(fn_t *f)
{
	local = f;
}

int caller(int a)
{
	a += alpha(a) + beta_one(a) + beta_two(a) + gamma_(a) + local(a);
	return a + ops.read(a) + ops.write(a) + tbl[1](a) + 1;
}

/* { dg-final { scan-static-call-sites 1 alpha } } */
/* { dg-final { scan-static-call-sites 2 beta_* } } */
/* { dg-final { scan-static-call-sites 1 local } } */
/* { dg-final { scan-static-call-sites 2 ops.* } } */
/* { dg-final { scan-static-call-sites 1 tbl* } } */
/* { dg-final { scan-static-call-sites 7 } } */
