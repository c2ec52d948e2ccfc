/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where text may hold no data, a trampoline has none. */
/* { dg-do assemble { target arm*-*-* } } */
/* { dg-options "-O2 -fno-pic -mpure-code -march=armv7-m -mthumb -mfloat-abi=soft -save-temps" } */

extern int (*fp)(int) __attribute__((static_call));

int f(int x)
{
	return fp(x) + 0x12345;
}
/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-assembler-not {\n[ \t]+\.word} } } */
