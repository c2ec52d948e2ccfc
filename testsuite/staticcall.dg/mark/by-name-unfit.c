/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an exact name finds and cannot mark is worth a warning; what a glob finds, none. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=tls,counter,constant,packed,glob_*" } */

typedef int fn_t(int);

struct __attribute__((packed)) bad {
	char c;
	fn_t *f;
};

__thread fn_t *tls;		/* { dg-warning "'tls' is thread-local: its call sites" } */
int counter;			/* { dg-warning "'counter' is neither a pointer to a function" } */
fn_t *const constant;		/* { dg-warning "'constant' is constant" } */
struct bad packed;		/* { dg-warning "'packed' holds a pointer to a function aligned below 4" } */

__thread fn_t *glob_tls;
int glob_counter;
fn_t *const glob_constant;
struct bad glob_packed;
fn_t *glob_good;

int use(int counter)
{
	fn_t *glob_local = glob_good;

	return glob_tls(glob_counter) + glob_constant(counter) + glob_packed.f(1) + tls(2)
	       + constant(3) + packed.f(4) + glob_local(5) + glob_good(6);
}
/* { dg-final { scan-static-call-sites 1 } } */
/* { dg-final { scan-static-call-sites 1 glob_good } } */
