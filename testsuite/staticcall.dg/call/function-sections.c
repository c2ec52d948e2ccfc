/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The records of a function in a section of its own are tied to that section. */
/* { dg-do compile } */
/* { dg-options "-O2 -ffunction-sections" } */

extern int (*fp)(int) __attribute__((static_call));

int a(int x)
{
	return fp(x) + 1;
}

int b(int x)
{
	return fp(x) + 2;
}

/* { dg-final { scan-static-call-sites 2 fp } } */
/* { dg-final { scan-assembler-times {\.pushsection \.static_call_sites,"aoG",[@%]progbits,\.L\d+,\S+\n} 2 } } */
