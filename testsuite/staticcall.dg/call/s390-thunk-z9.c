/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Before z10 a thunk needs a register that a trampoline does not have. */
/* { dg-do compile { target s390x-*-* } } */
/* { dg-options "-O2 -march=z9-109 -mindirect-branch=thunk" } */

typedef int fn_t(int);

extern fn_t *fp __attribute__((static_call));

int f(int x)
{
	return fp(x);	/* { dg-warning "stay indirect in this unit: .*-march=z10" } */
}
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
