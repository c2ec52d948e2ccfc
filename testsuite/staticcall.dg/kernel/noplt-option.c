/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same by an option; what binds locally is called as ever. */
/* { dg-do compile { target x86_64-*-* } } */
/* { dg-options "-O2 -fno-pic -fno-plt -fplugin-arg-staticcall-mode=kernel" } */

extern void __SCT__op(void);
extern void __SCT__two(void) __attribute__((visibility("hidden")));

void calls(void)
{
	__SCT__op();
	__SCT__two();
}

/* { dg-final { scan-assembler {call\t\*__SCT__op@GOTPCREL} } } */
/* { dg-final { scan-static-call-sites 1 } } */
/* { dg-final { scan-static-call-sites 1 two } } */
