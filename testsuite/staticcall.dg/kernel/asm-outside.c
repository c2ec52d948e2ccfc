/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls in asm statements outside of functions; of a macro that nobody uses none. */
/* { dg-do assemble { target x86_64-*-* } } */
/* { dg-options "-O2 -fno-pic -save-temps -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCK__op, __SCK__two;
extern void __SCT__op(void), __SCT__two(void);

static void *addressable[] __attribute__((used)) = { &__SCK__op, &__SCK__two };

asm(".pushsection .text\n .type thunk, @function\n thunk: call __SCT__op\n jmp __SCT__two\n .popsection");
/* A jump of no function is not a call in its tail. */
asm(".pushsection .text; jmp __SCT__two; .popsection");
asm("# call __SCT__op");
asm(".macro body");
asm("call __SCT__op");
asm(".endm");

/* { dg-final { scan-static-call-sites 2 } } */
/* { dg-final { scan-static-call-sites 1 op } } */
/* { dg-final { scan-assembler {\.Lsc_key_two - \. \+ 1\n} } } */
