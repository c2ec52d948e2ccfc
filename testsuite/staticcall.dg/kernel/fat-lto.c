/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is compiled for the link-time optimizer as well has all sites, and no more of them. */
/* { dg-do assemble { target x86_64-*-* } } */
/* { dg-options "-O2 -fno-pic -DMODULE -flto -ffat-lto-objects -fplugin-arg-staticcall-mode=kernel" } */

extern void __SCT__op(void), __SCT__two(void);

asm(".pushsection .text; call __SCT__op; .popsection");
asm(".pushsection .discard.keys; .long __SCK__two - .; .popsection");

void calls(void)
{
	asm volatile("call __SCT__op");
	__SCT__two();
}

/* { dg-final { scan-static-call-sites 3 } } */
/* { dg-final { scan-static-call-sites 1 two } } */
