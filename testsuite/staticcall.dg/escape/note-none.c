/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where nothing is changed that others might mark, there is no note. */
/* { dg-do compile } */
/* { dg-options "-O2 -fPIC" } */

typedef int fn(int);
extern fn *called, *table[];
extern int number;
static fn *local;
__attribute__((visibility("hidden"))) fn *hidden;

int call(fn *f)
{
	local = hidden = f;
	number = 1;
	return called(1) + table[2](3) + local(4);
}

/* { dg-final { scan-assembler-not {staticcall|__static_call} } } */
