/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Without a PLT calls of other libraries go through the GOT; ours stay direct. */
/* { dg-do compile { target { ! powerpc*-*-* } } } */
/* { dg-options "-O2 -fPIC -fno-plt" } */

extern int (*fp)(int) __attribute__((static_call));
extern int other(int);

int caller(int a)
{
	return fp(a) + other(a);	/* { dg-warning "stay indirect in this unit: -fno-plt has no direct calls" "" { target powerpc*-*-* } } */
}

/* { dg-final { scan-static-call-sites 1 fp { target { ! powerpc*-*-* } } } } */
/* { dg-final { scan-static-call-sites 0 { target powerpc*-*-* } } } */
/* { dg-final { scan-assembler {call\t__SCT__fp\n} { target x86_64 } } } */
/* { dg-final { scan-assembler {call\t\*other@GOTPCREL} { target x86_64 } } } */
/* { dg-final { scan-assembler {fp@GOTPCREL\(%rip\), %r11} { target x86_64 } } } */
