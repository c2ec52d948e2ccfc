/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With -mregparm every call of i386 that has arguments may have one in eax. */
/* { dg-do compile { target i?86-*-* x86_64-*-* } } */
/* { dg-options "-O2 -m32 -mregparm=2 -fplugin-arg-staticcall-report" } */

/* { dg-message "'fp' is marked" "" { target *-*-* } .+1 } */
int (*fp)(int) __attribute__((static_call));

int f(int x)
{
	return fp(x);	/* { dg-message "call of 'fp' left as it is: the register that a trampoline uses" } */
}
/* { dg-message "1 variable marked, 0 calls and 0 stores rewritten, 1 call left" "" { target *-*-* } 0 } */
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
