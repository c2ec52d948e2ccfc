/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Code for i386: the trampoline's register is eax; records as ever. */
/* { dg-do compile { target i?86-*-* x86_64-*-* } } */
/* { dg-options "-O2 -m32 -fno-pic -fcf-protection=none" } */

int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + 1;
}

int tolerant(int a)
{
	return fp ? fp(a) + 1 : 0;
}

int tail(int a)
{
	return fp(a);
}

/* { dg-final { scan-static-call-sites 2 fp } } */
/* { dg-final { scan-static-call-sites 1 fp.cond } } */
/* { dg-final { scan-assembler-times {\.p2align 3,,5\n\tgs\n} 3 } } */
/* { dg-final { scan-assembler {__SCT__fp\.cond:(\n[ \t]+\.cfi_\w+)*\n[ \t]+mov[ \t]+fp\+0, %eax\n[ \t]+test[ \t]+%eax, %eax\n} } } */
/* { dg-final { scan-assembler {jmp[ \t]+\*%eax\n} } } */
/* { dg-final { scan-assembler {\.long[ \t]+fp \+ 0, __SCE__fp\n[ \t]+\.long[ \t]+__SCT__fp - \.\n} } } */
