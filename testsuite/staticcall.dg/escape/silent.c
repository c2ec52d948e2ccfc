/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -Wno-attributes makes the warning silent; the pointer escapes all the same. */
/* { dg-do compile } */
/* { dg-options "-O2 -Wno-attributes" } */

int (*fp)(int) __attribute__((static_call));
extern void set(int (**p)(int));

int caller(int a)
{
	set(&fp);
	return fp(a) + 1;
}

/* { dg-final { scan-assembler-times {\.static_call_escapes} 1 } } */
