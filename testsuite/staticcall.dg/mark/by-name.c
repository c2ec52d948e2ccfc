/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pointers marked by name, by glob, for a source file, by member; a mark taken back. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=exact,glob_*,by-name.c:here,other.c:not_here,*mark/by-name.c:by_path,one?,!glob_not" } */

typedef int fn_t(int);

fn_t *exact, *exactly, *glob_a, *glob_b, *glob_not, *here, *not_here, *by_path;
fn_t *one1, *one11;

int use(int x)
{
	return exact(x) + exactly(x) + glob_a(x) + glob_b(x) + glob_not(x) + here(x)
	       + not_here(x) + by_path(x) + one1(x) + one11(x);
}
/* { dg-final { scan-static-call-sites 6 } } */
/* { dg-final { scan-static-call-sites 1 exact } } */
/* { dg-final { scan-static-call-sites 2 {glob_[ab]} } } */
/* { dg-final { scan-static-call-sites 1 here } } */
/* { dg-final { scan-static-call-sites 1 by_path } } */
/* { dg-final { scan-static-call-sites 1 one1 } } */
