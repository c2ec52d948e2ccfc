/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One function wants no bare indirect jump, or no bare return: so it is in the trampolines
 * that it calls, and in no other.
 */
/* { dg-do compile { target x86_64-*-* } } */
/* { dg-options "-O2 -fcf-protection=none" } */

#include <staticcall.h>

int (*jump)(int) __static_call;
void (*back)(int) __static_call;
int (*plain)(int) __static_call;

__attribute__((indirect_branch("thunk"))) int caller(int a)
{
	return jump(a) + 1;
}

/* A tail call of nothing would be a return. */
__attribute__((function_return("thunk-extern"))) void tail(int a)
{
	static_call_cond(back)(a);
}

int others(int a)
{
	return jump(a) + plain(a);
}

/* { dg-final { scan-assembler-not {__SCT__jump:[^:]*jmp\t\*} } } */
/* { dg-final { scan-assembler {\n1:\tjmp\t__x86_return_thunk\n} } } */
/* { dg-final { scan-assembler {call\t__SCT__back\.cond\n} } } */
/* { dg-final { scan-assembler {__SCT__plain:(\n[ \t]+\.cfi_\w+)*\n(\tmovq\t.*)?\tjmp\t\*} } } */
