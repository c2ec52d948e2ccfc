/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A glob leaves alone what system headers declare; an exact name does not. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=*glob,sys_exact" } */

#include "system-header.h"

fn_t *own_glob;

int use(int x)
{
	return sys_glob(x) + sys_exact(x) + own_glob(x);
}
/* { dg-final { scan-static-call-sites 2 } } */
/* { dg-final { scan-static-call-sites 0 sys_glob } } */
