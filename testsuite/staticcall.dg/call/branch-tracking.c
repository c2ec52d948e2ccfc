/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * With indirect branch tracking a trampoline starts as a function does where a linker's
 * code may come to it by a register.  On x86 all come to it by its name, and it is one jump.
 */
/* { dg-do compile { target x86_64-*-* i?86-*-* aarch64*-*-* } } */
/* { dg-options "-O2" } */
/* { dg-additional-options "-fno-pic -fcf-protection=branch" { target x86_64-*-* i?86-*-* } } */
/* { dg-additional-options "-mbranch-protection=bti" { target aarch64*-*-* } } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + 1;
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-assembler {\n__SCT__fp:(\n[ \t]+\.cfi_\w+)*\n[ \t]+(bti\tc|hint\t34[^\n]*)\n} { target aarch64*-*-* } } } */
/* { dg-final { scan-assembler {\n__SCT__fp:(\n[ \t]+\.cfi_\w+)*\n\tjmp\t\*fp\+0(\(%rip\))?\n\tint3\n} { target x86_64-*-* i?86-*-* } } } */
