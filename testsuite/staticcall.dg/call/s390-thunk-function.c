/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One function wants it so: the branches of what it calls by are executed from elsewhere. */
/* { dg-do compile { target s390x-*-* } } */
/* { dg-options "-O2 -march=z10 -fno-pic" } */

int (*fp)(int) __attribute__((static_call));
int (*plain)(int) __attribute__((static_call));

__attribute__((function_return("thunk-extern"))) int caller(int a)
{
	return fp(a) + 1;
}

int other(int a)
{
	return fp(a) + plain(a);
}

/* { dg-final { scan-assembler {__SCT__fp:} } } */
/* { dg-final { scan-assembler-times {\texrl\t%r0, 3f\n2:\tj\t2b\n3:\tbr\t%r1\n} 1 } } */
/* { dg-final { scan-assembler-times {\texrl\t%r0, 3f\n2:\tj\t2b\n3:\tbr\t%r14\n} 1 } } */
/* { dg-final { scan-assembler {__SCT__plain:} } } */
