/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel's site is the second word of a pair, too, also in the text of a statement. */
/* { dg-do assemble { target riscv64-*-* } } */
/* { dg-options "-O2 -fno-pic -save-temps -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCK__op;
extern int __SCT__op(int);

static void *addressable __attribute__((used)) = &__SCK__op;

int call(int a)
{
	return __SCT__op(a) + 1;
}

int tail(int a)
{
	return __SCT__op(a);
}

void statement(void)
{
	asm volatile("nop; 7: call __SCT__op; nop" : : : "ra", "t1", "memory");
	asm volatile("tail %0" : : "i" (__SCT__op));
	/* As Linux's alternatives do; without compressed instructions nothing is aligned. */
	asm volatile("c.nop; .option push; .option norvc; call ra, __SCT__op; .option pop"
		     : : : "ra", "t1", "memory");
}

/* No pair: the instruction would not reach the trampoline again from everywhere. */
void others(void)
{
	asm volatile("jal __SCT__op" : : : "ra");
	asm volatile("j __SCT__op");
	asm volatile("call t0, __SCT__op" : : : "t0");
}

/* { dg-final { scan-static-call-sites 5 } } */
/* { dg-final { scan-assembler-times {\.balign 4\n# 0 [^\n]*\n# [^\n]*\n\t+\.option push\n\t\.option norelax\n# 0 [^\n]*\n\.L[0-9]+:\n#NO_APP\n\t(call|tail)\t__SCT__op\n#APP\n# [^\n]*\n\t+\.option pop\n} 2 } } */
/* { dg-final { scan-assembler-times {\.option push\n\t\.option rvc\n\t\.balign 4\n\t\.option pop\n\t\.option push\n\t\.option norelax\n[ \t]*(7: )?2718281: (call|call ra,|tail) __SCT__op\n\t\.option pop} 3 } } */
/* { dg-final { scan-assembler-times {\.long \.L[0-9]+ \+ 4 - \.\n} 2 } } */
/* { dg-final { scan-assembler-times {\.long 2718281b \+ 4 - \.\n} 3 } } */
/* { dg-final { scan-assembler-times {(__SCK__|\.Lsc_key_)op - \.\n} 3 } } */
/* { dg-final { scan-assembler-times {(__SCK__|\.Lsc_key_)op - \. \+ 1\n} 2 } } */
