/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In a retpoline build the trampoline holds no indirect jump either. */
/* { dg-do compile { target x86_64 } } */
/* { dg-options "-O2 -mindirect-branch=thunk-extern -fcf-protection=none" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + 1;
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-assembler-not {(jmp|call)[ \t]+\*} } } */
/* { dg-final { scan-assembler {jmp[ \t]+__x86_indirect_thunk_r11\n} } } */
