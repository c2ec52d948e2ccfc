/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where MODULE has been defined before, the key is what the unit mentions. */
/* { dg-do compile { target { ! ia32 } } } */
/* { dg-options "-O2 -fpreprocessed -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCK__named;
extern int __SCT__named(int), __SCT__closed(int);
int *named = &__SCK__named;

int call(int a)
{
	return __SCT__named(a) + __SCT__closed(a);
}

/* { dg-final { scan-assembler {\.long __SCK__named - \.\n} } } */
/* { dg-final { scan-assembler {\.long __SCT__closed - \.\n} } } */
