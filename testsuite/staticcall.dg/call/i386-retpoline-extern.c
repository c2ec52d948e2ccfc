/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The thunk that others provide goes by the register's name. */
/* { dg-do compile { target i?86-*-* x86_64-*-* } } */
/* { dg-options "-O2 -m32 -mindirect-branch=thunk-extern -fcf-protection=none" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + 1;
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-assembler {jmp[ \t]+__x86_indirect_thunk_eax\n} } } */
