/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of asm statements is read as the assembler reads it. */
/* { dg-do assemble { target x86_64-*-* } } */
/* { dg-options "-O2 -fno-pic -save-temps -Wa,-W -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCK__op;
extern void __SCT__op(void);
extern void (*pointers[2])(void) asm("__SCT__table");

static void *addressable[] __attribute__((used)) = { &__SCK__op };

/* Thirty-three sites. */
void sites(int a)
{
	asm volatile("/* call\n call */ call __SCT__op /* ; */; nop");
	asm volatile("nop # it's a; call\n\tcall __SCT__op # to op");
	asm volatile(".Lhere%=: 1: call __SCT__op" : : "r" (a));
	asm volatile("rex64 call __SCT__op; rex64 jmp __SCT__op@PLT");
	asm volatile("movb $';', %%al; call %c0" : : "i" (__SCT__op) : "al");
	asm volatile(".pushsection .discard.s; .ascii \"\\\"; call \"; .popsection; CALL __SCT__op");
	asm volatile(".if 0\n nop\n .endif\n call __SCT__op");
	asm volatile("%{disp32%} jmp __SCT__op" : :);
	/* The quote behind a character may be there or not. */
	asm volatile("movb $'a', %%al\n\tcall __SCT__op" : : : "al");
	asm volatile("movb $'\\\\', %%al; movb $'b, %%al; call __SCT__op; movb $'a', %%al" : : : "al");
	asm volatile("1 :call __SCT__op\n\tje __SCT__op\n\tCall %P0" : : "i" (__SCT__op));
	asm volatile("\"a label\": call \"__SCT__op\"; call %P0" : : "m" (*(char *)__SCT__op));
	asm volatile("{nop; call|nop; #} __SCT__op; call{|q} __SCT__op" : : "r" (a));
	/* A slash divides, but where a line begins. */
	asm volatile("movl $8/2, %%eax; call __SCT__op; nop; call __SCT__op@plt" : : : "eax");
	asm volatile("call %p0" : : "i" (__SCT__op));
	asm volatile(".L\xc3\xa4%=: call __SCT__op" : : "r" (a));
	asm volatile("rex.W call __SCT__op\r\n\tcall __SCT__op @Plt");
	/* Of dialects the second brace is a character, as is the dollar sign of a name. */
	asm volatile("{nop; call __SCT__op; .ascii \"%{\"; |nop; }nop" : : "r" (a));
	asm volatile("a$b%=: call __SCT__op" : : "r" (a));
	asm volatile(".pushsection .discard.s; .string \"; call \"; .string8 \"call __SCT__op\"; .popsection; call __SCT__op");
	asm volatile("cmpb $'\\'', %%al; call __SCT__op; cmpb $'\\'', %%al" : : : "cc");
	/* Without operands nothing is a dialect. */
	asm volatile(".pushsection .rodata.s,\"a\"; .ascii \"{a|b}\"; .popsection; {load} mov %eax, %eax; call __SCT__op");
	asm volatile("{disp32} jmp __SCT__op");
	asm volatile("\f call __SCT__op\n\tcallq __SCT__op @ PLT");
}

/* Where it is assembled to: four, and the jump of a function. */
void sections(int a)
{
	asm volatile(".pushsection .text.other, \"ax\", @progbits; call __SCT__op; jmp __SCT__op; .popsection");
	asm volatile(".pushsection .rodata; call __SCT__op; .popsection; call __SCT__op");
	asm volatile(".pushsection .altinstr_replacement,\"ax\"; call __SCT__op; .popsection; nop");
	asm volatile(".section .rodata.x,\"a\"; call __SCT__op; .pushsection .x; call __SCT__op; .popsection\n"
		     "call __SCT__op; .previous; call __SCT__op");
	asm volatile(".pushsection .text; .data; jmp __SCT__op; .text; call __SCT__op; jmp __SCT__op; .popsection");
}

asm(".pushsection .text.function,\"ax\"; .type function, @function; function: jmp __SCT__op; .popsection");

/* Assembled twice, or never: five. */
void bodies(int a)
{
	asm volatile(".rept 2; call __SCT__op; .endr; .IF 0; call __SCT__op; .ENDIF");
	asm volatile(".macro caller%=; call __SCT__op; .endm; caller%=; caller%=; .purgem caller%=" : : "r" (a));
	asm volatile(".if 0");
	asm volatile("call __SCT__op");
	asm volatile(".endif");
	asm volatile(".irp x\n call __SCT__op\n .endr" : : "r" (a));
}

/* None. */
void others(int a)
{
	asm volatile("call *__SCT__op; jmp *__SCT__table+8");
	asm volatile("nop # a comment; call __SCT__op");
	asm volatile("nop /* ; call __SCT__op ; */; nop");
	asm volatile("/ call __SCT__op\n\tnop");
	asm volatile(".pushsection .discard.s; .ascii \"; call __SCT__op; \"; .popsection");
	asm volatile("call __SCT__op + 16; call %c0+16" : : "i" (__SCT__op));
	asm volatile("call *%0" : : "r" (__SCT__op));
	/* Of what the operand is the address of. */
	asm volatile("call *%a0" : : "i" (__SCT__op));
	asm volatile("call %a0" : : "i" (__SCT__op));
	asm volatile("{nop|call __SCT__op}" : : "r" (a));
	/* A byte for the distance. */
	asm volatile("jrcxz __SCT__op");
	asm volatile("call \"__SCT__op\"+1");
	/* What is in memory. */
	asm volatile("call %0" : : "m" (*(char *)__SCT__op));
}

/* { dg-final { scan-static-call-sites 42 } } */
/* { dg-final { scan-static-call-sites 42 op } } */
/* { dg-final { scan-assembler-times {\.Lsc_key_op - \. \+ 1\n} 5 } } */
/* { dg-final { scan-assembler {\n[ \t]*\.Lhere[0-9]+: 1: call __SCT__op\n2718281:\n} } } */
/* { dg-final { scan-assembler {\.ascii "\{a\|b\}"} } } */
/* { dg-final { scan-assembler {[ \t]2718281: rex64 call __SCT__op\n} } } */
/* { dg-final { scan-assembler {[ \t]\{disp32\} jmp __SCT__op\n2718281:\n} } } */
/* { dg-final { scan-assembler {\.pushsection \.static_call_sites[^\n]*\n\t\.balign 4\n\t\.long 2718281b} } } */
/* A conditional jump is a byte longer. */
/* { dg-final { scan-assembler-times {\.long 2718281b - 6 - \.\n} 1 } } */
/* { dg-final { scan-assembler-times {\.set \.Lsc_key_op, __SCK__op\n} 1 } } */
