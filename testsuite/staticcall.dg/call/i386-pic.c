/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Position independent code for i386: the trampoline asks a function of its own
 * where it is, and reaches what may be elsewhere by the key, without a GOT.
 */
/* { dg-do compile { target i?86-*-* x86_64-*-* } } */
/* { dg-options "-O2 -m32 -fPIC -fcf-protection=branch -fasynchronous-unwind-tables" } */

extern int (*fp)(int) __attribute__((static_call));
static int (*sp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + (sp ? sp(a) : 0);
}

void set(int (*to)(int))
{
	sp = to;
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-static-call-sites 1 sp.cond } } */
/* { dg-final { scan-assembler {\n__SCT__fp:(\n[ \t]+\.cfi_\w+)*\n[ \t]+call[ \t]+4f\n} } } */
/* { dg-final { scan-assembler {movl[ \t]+__SCK__fp-5b\(%eax\), %eax\n[ \t]+jmp[ \t]+\*\(%eax\)\n} } } */
/* { dg-final { scan-assembler {mov[ \t]+sp\+0-5b\(%eax\), %eax\n[ \t]+test} } } */
/* { dg-final { scan-assembler {4:[ \t]+\.cfi_adjust_cfa_offset 4\n[ \t]+movl[ \t]+\(%esp\), %eax\n[ \t]+ret\n} } } */
/* { dg-final { scan-assembler-not {call[ \t]+__SCT__\w+@PLT} } } */
