/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where no branch to what a register holds may be predicted, those of trampolines and
 * stubs are executed from elsewhere too: each `br` stands behind a jump to itself.
 */
/* { dg-do compile { target s390x-*-* } } */
/* { dg-options "-O2 -march=z10 -fno-pic -mindirect-branch=thunk -mfunction-return=thunk-extern" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + 1;
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-assembler-times {\texrl\t%r0, 3f\n2:\tj\t2b\n3:\tbr\t%r1\n} 1 } } */
/* { dg-final { scan-assembler-times {\texrl\t%r0, 3f\n2:\tj\t2b\n3:\tbr\t%r14\n} 1 } } */
/* { dg-final { scan-assembler-times {\tbr\t} 2 } } */
