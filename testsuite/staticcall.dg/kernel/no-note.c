/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel's own static calls are all there is: no note of other stores. */
/* { dg-do compile } */
/* { dg-options "-O2 -fno-pic -fplugin-arg-staticcall-mode=kernel" } */

typedef int fn(int);
extern fn *stored;

void set(fn *f)
{
	stored = f;
}

/* { dg-final { scan-assembler-not {\.static_call_note|__SCE__|__static_call} } } */
