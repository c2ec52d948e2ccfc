/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of asm statements is read as the assembler reads it. */
/* { dg-do assemble { target x86_64-*-* i?86-*-* } } */
/* { dg-options "-O2 -fno-pic -save-temps -Wa,-W -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCK__op;
extern void __SCT__op(void);
extern void (*pointers[2])(void) asm("__SCT__table");

#ifdef __x86_64__
# define PREFIX "rex64"
#else
# define PREFIX "bnd"
#endif

static void *addressable[] __attribute__((used)) = { &__SCK__op };

/* Nine sites. */
void sites(int a)
{
	asm volatile("/* call\n call */ call __SCT__op /* ; */; nop");
	asm volatile("nop # it's a; call\n\tcall __SCT__op # to op");
	asm volatile(".Lhere%=: 1: call __SCT__op" : : "r" (a));
	asm volatile(PREFIX " call __SCT__op; " PREFIX " jmp __SCT__op@PLT");
	asm volatile("movb $';', %%al; call %c0" : : "i" (__SCT__op) : "al");
	asm volatile(".pushsection .discard.s; .ascii \"\\\"; call \"; .popsection; CALL __SCT__op");
	asm volatile(".if 0\n nop\n .endif\n call __SCT__op");
	asm volatile("%{disp32%} jmp __SCT__op" : :);
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
	/* Assembled twice, or never. */
	asm volatile(".rept 2; call __SCT__op; .endr; .if 0; call __SCT__op; .endif");
	asm volatile(".macro caller%=; call __SCT__op; .endm; caller%=; caller%=; .purgem caller%=" : : "r" (a));
}

/* { dg-final { scan-static-call-sites 9 } } */
/* { dg-final { scan-static-call-sites 9 op } } */
/* { dg-final { scan-assembler-times {__SCK__op - \. \+ 1} 2 } } */
/* { dg-final { scan-assembler {\n[ \t]*\.Lhere[0-9]+: 1: \.Lsc_asm[0-9]+: call __SCT__op} } } */
/* { dg-final { scan-assembler {\.Lsc_asm[0-9]+: (rex64|bnd) call __SCT__op} } } */
