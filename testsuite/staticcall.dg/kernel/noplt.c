/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call by way of the GOT is an indirect one, and no site. */
/* { dg-do compile { target x86_64-*-* } } */
/* { dg-options "-O2 -fno-pic -fplugin-arg-staticcall-mode=kernel" } */

extern void __SCT__op(void) __attribute__((noplt));
extern void __SCT__two(void);

void calls(void)
{
	__SCT__op();
	__SCT__two();
}

/* { dg-final { scan-assembler {call\t\*__SCT__op@GOTPCREL} } } */
/* { dg-final { scan-static-call-sites 1 } } */
/* { dg-final { scan-static-call-sites 1 two } } */
