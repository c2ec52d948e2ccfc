/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pointer that the assembler knows by another name. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

extern int (*fp)(int) __asm__("other_name") __attribute__((static_call));

int caller(int a)
{
	return fp(a) + 1;
}

/* { dg-final { scan-static-call-sites 1 other_name } } */
/* { dg-final { scan-assembler-times {"fp"} 1 } } */
