/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A store to any element is an update, whether its index is constant or not. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

int (*tbl[4])(int) __attribute__((static_call));

void constant(int (*f)(int))
{
	tbl[2] = f;
}

void variable(int i, int (*f)(int))
{
	tbl[i] = f;
}

/* { dg-final { scan-assembler-times {\m(call|jmp|tail|bl|b|b\.w|brasl|jg)\M[^\n]*__static_call_store} 2 } } */
/* { dg-final { scan-assembler-not {__static_call_sync} } } */
