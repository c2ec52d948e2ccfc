/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pointer that becomes thread-local behind its declaration loses its mark. */
/* { dg-do compile } */
/* { dg-require-effective-target fopenmp } */
/* { dg-options "-O2 -fopenmp -fplugin-arg-staticcall-mark=by_*" } */

typedef int fn_t(int);

fn_t *fp __attribute__((static_call));	/* { dg-warning "'fp' became thread-local; its mark 'static_call' is ignored" } */
fn_t *by_glob;				/* { dg-warning "'by_glob' became thread-local" } */
#pragma omp threadprivate(fp, by_glob)
void take(fn_t **p);

int use(fn_t *f)
{
	take(&fp);
	by_glob = f;
	return fp(1) + by_glob(2);
}
/* { dg-final { scan-static-call-sites 0 } } */
/* { dg-final { scan-assembler-not {__static_call} } } */
