/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where no return is to be predicted, a trampoline holds none either, nor does a site. */
/* { dg-do compile { target x86_64-*-* i?86-*-* } } */
/* { dg-options "-O2 -mfunction-return=thunk-extern -mindirect-branch=thunk-extern -fcf-protection=none" } */

#include <staticcall.h>

void (*fp)(int) __static_call;

void tail(int a)
{
	static_call_cond(fp)(a);
}

/* Faults where there is nothing: that is no return. */
void strict(int a)
{
	fp(a);
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-static-call-sites 1 fp.cond } } */
/* { dg-final { scan-assembler-not {\n[0-9]*:?\tret\n} } } */
/* { dg-final { scan-assembler-not {jmp\t\*} } } */
/* { dg-final { scan-assembler {call\t__SCT__fp\.cond\n} } } */
/* { dg-final { scan-assembler {jmp\t__SCT__fp\n} } } */
