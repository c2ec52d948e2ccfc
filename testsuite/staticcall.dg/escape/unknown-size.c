/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An array of unknown size escapes: as much as there can be. */
/* { dg-do compile } */
/* { dg-options "-O2 -Wno-attributes" } */

typedef int fn(int);
extern fn *tbl[] __attribute__((static_call));
void let(fn **p);

int call(int x)
{
	let(tbl);
	return tbl[1](x) + 1;
}

/* { dg-final { scan-assembler {\.long[ \t]+4294967295\n[ \t]+\.2byte[ \t]+1, 0\n} } } */
