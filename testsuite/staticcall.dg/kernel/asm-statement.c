/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls in asm statements, written out or by an operand, at any place in the text. */
/* { dg-do assemble { target x86_64-*-* } } */
/* { dg-options "-O2 -fno-pic -save-temps -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCK__op, __SCK__two;
extern void __SCT__op(void), __SCT__two(void);

static void *addressable[] __attribute__((used)) = { &__SCK__op, &__SCK__two };

void written_out(void)
{
	asm volatile("call __SCT__op" : : : "memory");
}

int with_results(int a)
{
	int b;

	asm volatile("nop; 7: call __SCT__two\n\tnop\n\tcall __SCT__op"
		     : "=a" (b), "+c" (a) : : "memory");
	return a + b;
}

void operand(void)
{
	asm volatile("nop\n\tcall %c0" : : "i" (__SCT__two) : "memory");
}

void jump(void)
{
	asm volatile("jmp __SCT__op");
}

/* No call, or not of a trampoline. */
void others(void)
{
	asm volatile("nop # call __SCT__op");
	asm volatile(".pushsection .discard.x; .long __SCT__op - .; .popsection");
	asm volatile("call other");
}

/* { dg-final { scan-static-call-sites 5 } } */
/* { dg-final { scan-static-call-sites 3 op } } */
/* { dg-final { scan-static-call-sites 2 two } } */
/* { dg-final { scan-assembler-times {(__SCK__|\.Lsc_key_)op - \. \+ 1} 1 } } */
