/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What merely fits a wildcard may escape without a warning; the report tells.  Its key says
   how it was marked, and so does that of what is marked by name. */
/* { dg-do compile } */
/* { dg-options "-O2 -Wall -Wextra -Werror -fplugin-arg-staticcall-mark=f*,object.*,first,second,s*d -fplugin-arg-staticcall-report" } */

typedef int fn(int);
fn *fp;			/* { dg-message "'fp' is marked" } */
fn *first;		/* { dg-message "'first' is marked" } */
fn *second;		/* { dg-message "'second' is marked" } */
struct { int n; fn *f; } object;	/* { dg-message "'object.f' is marked" } */
void let(void *p);

int call(int x)
{
	let(&fp);	/* { dg-message "'fp', marked 'static_call' by a wildcard, is taken" } */
	let(&object);	/* { dg-message "'object', marked 'static_call' by a wildcard, is taken" } */
	return fp(x) + first(x) + second(x) + object.f(x);	/* { dg-message "static call of" } */
}

/* { dg-message "2 variables escaped" "" { target *-*-* } 0 } */
/* { dg-final { scan-assembler-times {\.2byte[ \t]+0, 2\n} 2 } } */
/* { dg-final { scan-assembler-times {\.2byte[ \t]+0, 0\n} 2 } } */
