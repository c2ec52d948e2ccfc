/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel's calls of trampolines, and nothing else, are recorded; with their keys. */
/* { dg-do compile { target { ! ia32 } } } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mode=kernel -fno-pie" } */

struct static_call_key { void *func; void *mods; };

extern struct static_call_key __SCK__op;
extern int __SCT__op(int);
extern int other(int);
extern int (*pointer)(int);

/* As __ADDRESSABLE() does, which keeps the symbol in the object. */
static void *addressable __attribute__((used, section(".discard.addressable"))) = &__SCK__op;

int call(int a)
{
	return __SCT__op(a) + other(a) + pointer(a);
}

int tail(int a)
{
	return __SCT__op(a);
}

/* { dg-final { scan-static-call-sites 2 } } */
/* { dg-final { scan-static-call-sites 2 op } } */
/* { dg-final { scan-assembler-times {\.pushsection \.static_call_sites,"awM?"} 1 } } */
/* { dg-final { scan-assembler-times {__SCK__op - \.\n} 1 { target { ! powerpc64*-*-* } } } } */
/* { dg-final { scan-assembler-times {__SCK__op - \. \+ 1\n} 1 { target { ! powerpc64*-*-* } } } } */
/* Who calls restores the TOC pointer there, so a jump does not do. */
/* { dg-final { scan-assembler-times {__SCK__op - \.\n} 2 { target powerpc64*-*-* } } } */
/* { dg-final { scan-assembler-not {__static_call_dso} } } */
/* { dg-final { scan-assembler-not {p2align 3,0x2e} } } */
