/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A unit that defines a key names it by its symbol, which may be weak, or common. */
/* { dg-do assemble { target x86_64-*-* powerpc-*-* aarch64*-*-* } } */
/* { dg-options "-O2 -fno-pic -fcommon -DMODULE -save-temps -fplugin-arg-staticcall-mode=kernel" } */

#ifdef __x86_64__
# define CALL "call "
#else
# define CALL "bl "
#endif

__attribute__((weak)) void *__SCK__op = &__SCK__op;
void *__SCK__none;

int f(int x)
{
	asm volatile(CALL "__SCT__op" : : "r" (x));
	asm volatile(CALL "__SCT__none" : : "r" (x));
	return x;
}

/* { dg-final { scan-static-call-sites 1 op } } */
/* { dg-final { scan-static-call-sites 1 none } } */
/* { dg-final { scan-assembler-times {\.long\t?.?__SCK__op - } 1 } } */
/* { dg-final { scan-assembler-times {\.long\t?.?__SCK__none - } 1 } } */
