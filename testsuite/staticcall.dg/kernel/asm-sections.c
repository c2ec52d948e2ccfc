/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts outside of functions: which sections are executed, and what is a function. */
/* { dg-do assemble { target x86_64-*-* } } */
/* { dg-options "-O2 -fno-pic -Wa,-W -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCK__op, __SCK__two;
static void *addressable[] __attribute__((used)) = { &__SCK__op, &__SCK__two };

__attribute__((section(".known"))) void known(void)
{
	asm volatile(".pushsection .known; call __SCT__op; .popsection" : : );
}

/* Flags are given once, some names have their own, some flags are numbers. */
asm(".pushsection .other,\"ax\"; call __SCT__op; .popsection; .pushsection .other; call __SCT__two; .popsection");
asm(".pushsection .text.x,\"a\"; call __SCT__op; .popsection");
asm(".pushsection .t,\"6\"; call __SCT__op; .popsection");
asm(".pushsection .init,\"a\"; call __SCT__op; .popsection");
/* None. */
asm(".pushsection .noinstr.text; call __SCT__op; .popsection");
asm(".pushsection .n,\"2\"; call __SCT__op; .popsection");
asm(".pushsection .rodata");
asm("call __SCT__op; .popsection");

/* No function, or no longer. */
asm(".type f1, @function; f1: ret; .size f1, . - f1; g1: jmp __SCT__op");
asm(".type f2, @function; f2: ret; .size f2, . - f2; .pushsection .text.y,\"ax\"; g2: jmp __SCT__op; .popsection");
asm(".type t3, @gnu_unique_object; t3: jmp __SCT__op; # function\n\t.size t3, . - t3");
/* Functions. */
asm(".TYPE f4, @function; f4: jmp __SCT__op; .size f4, . - f4");
asm(".type f5, %function; f5: nop");
asm("jmp __SCT__op; .size f5, . - f5");
asm("f6: jmp __SCT__op; inner: jmp __SCT__two; .type f6, STT_FUNC; .size f6, . - f6");
asm(".macro typed n; .type \\n, @function; .endm; typed f7; f7: jmp __SCT__op; .size f7, . - f7; .purgem typed");
asm(".macro start n; .type \\n, @function; \\n:; .endm; start f8; jmp __SCT__op; .size f8, . - f8; .purgem start");

/* { dg-final { scan-static-call-sites 10 op } } */
/* { dg-final { scan-static-call-sites 2 two } } */
