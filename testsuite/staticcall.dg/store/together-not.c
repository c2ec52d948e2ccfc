/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Without optimization each store stays a line of its own, for debuggers. */
/* { dg-do compile } */
/* { dg-options "-O0" } */

int (*a)(int) __attribute__((static_call)), (*b)(int) __attribute__((static_call));
int f(int);

void set(void)
{
	a = f;
	b = f;
}

/* { dg-final { scan-assembler-times {\m__static_call_store\M} 2 } } */
/* { dg-final { scan-assembler-not {__static_call_stores} } } */
