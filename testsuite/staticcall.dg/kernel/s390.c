/* SPDX-License-Identifier: GPL-2.0-or-later */
/* brasl names the register for the return address first; no site of a kernel is aligned. */
/* { dg-do assemble { target s390x-*-* } } */
/* { dg-options "-O2 -save-temps -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCK__op;
extern int __SCT__op(int);

static void *addressable[] __attribute__((used)) = { &__SCK__op };

int call(int a)
{
	return __SCT__op(a) + 1;
}

void written_out(void)
{
	asm volatile("brasl %%r14,__SCT__op # in s390's order, __SCT__no" : : : "0", "1", "2", "3", "4", "5", "14", "cc");
	asm volatile("brasl 14,__SCT__op+2; brasl %r14,other");
	asm volatile("jasl 14,__SCT__op\n\tjg __SCT__op");
}

/* { dg-final { scan-static-call-sites 4 op } } */
/* { dg-final { scan-assembler-times {\.long 2718281b - \.\n\t\.long (__SCK__|\.Lsc_key_)op - \. \+ 1\n} 1 } } */
/* { dg-final { scan-assembler-not {p2align 3,,4} } } */
