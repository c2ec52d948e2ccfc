/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A retpoline of i386 pushes the register that its trampoline loads. */
/* { dg-do compile { target i?86-*-* x86_64-*-* } } */
/* { dg-options "-O2 -m32 -mindirect-branch=thunk -fcf-protection=none" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + 1;
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-assembler-not {(jmp|call)[ \t]+\*} } } */
/* { dg-final { scan-assembler {3:[ \t]+\.cfi_adjust_cfa_offset 4\n[ \t]+mov[ \t]+%eax, \(%esp\)\n[ \t]+ret\n} } } */
