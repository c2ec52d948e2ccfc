/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An executable is there from the start: those who look find its note. */
/* { dg-do compile } */
/* { dg-options "-O2 -fno-pic" } */

typedef int fn(int);
fn *stored;

void set(fn *f)
{
	stored = f;
}

/* { dg-final { scan-assembler {\.string[ \t]+"stored"} } } */
/* { dg-final { scan-assembler-not {__static_call_look|init_array} } } */
