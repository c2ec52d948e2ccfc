/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where indirect jumps may not be predicted, a trampoline's neither. */
/* { dg-do compile { target powerpc*-*-* } } */
/* { dg-options "-O2 -mno-speculate-indirect-jumps" } */

int (*fp)(int) __attribute__((static_call));

int f(int x)
{
	return fp(x) + 1;
}
/* { dg-warning "is deprecated" "" { target *-*-* } 0 } */
/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-assembler {\tmtctr\t12\n\tcrset\t2\n\tbeqctr-\n\tb\t\.\n} } } */
/* { dg-final { scan-assembler-not {\mbctrl?\M} } } */
