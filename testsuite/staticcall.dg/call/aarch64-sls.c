/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nothing runs past a branch of a trampoline or a stub, not speculatively. */
/* { dg-do compile { target aarch64*-*-* } } */
/* { dg-options "-O2 -mharden-sls=retbr" } */

#include <staticcall.h>

int (*fp)(int) __static_call;

int strict(int a)
{
	return fp(a) + 1;
}

int tolerant(int a)
{
	return static_call(fp)(a) + 1;
}

/* { dg-final { scan-assembler-times {\n__SCT__fp\S*:\n} 2 } } */
/* { dg-final { scan-assembler-times {\tmov\tx0, #0\n\tb\t5f\n} 2 } } */
/* { dg-final { scan-assembler-times {\tbr\tx16\n\tdsb\tsy\n\tisb\n} 2 } } */
/* { dg-final { scan-assembler-times {5:\tret\n\tdsb\tsy\n\tisb\n} 2 } } */
