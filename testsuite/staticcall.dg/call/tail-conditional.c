/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call in return position on one path only is a jump, conditional or not. */
/* { dg-do compile { target x86_64-*-* i?86-*-* } } */
/* { dg-options "-O2" } */

void (*fp)(int) __attribute__((static_call));

void caller(int a)
{
	if (a == 5)
		fp(a);
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-assembler-times {\tj[a-ln-z]\w*\t__SCT__fp\n} 1 { target conditional_tail } } } */
/* { dg-final { scan-assembler-times {\tjmp\t__SCT__fp\n} 1 { target { ! conditional_tail } } } } */
/* { dg-final { scan-assembler-times {\.long[ \t]+__SCK__fp - \. \+ 1\n} 1 } } */
