/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pointers marked by a file of names and globs, with blanks and remarks. */
/* { dg-do compile } */
/* { dg-additional-files "by-file.list" } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark-file=by-file.list" } */

typedef int fn_t(int);

struct ops {
	fn_t *read, *write;
};

fn_t *alpha, *beta_one, *beta_two, *betamax;
struct ops ops;
static fn_t *local;

void set(fn_t *f)
{
	local = f;
}

int use(int x)
{
	return alpha(x) + beta_one(x) + beta_two(x) + betamax(x) + local(x)
	       + ops.read(x) + ops.write(x);
}
/* { dg-final { scan-static-call-sites 5 } } */
/* { dg-final { scan-static-call-sites 1 alpha } } */
/* { dg-final { scan-static-call-sites 2 beta_* } } */
/* { dg-final { scan-static-call-sites 1 local } } */
/* { dg-final { scan-static-call-sites 1 ops.read } } */
