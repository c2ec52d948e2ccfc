/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nor have those for 64-bit powerpc. */
/* { dg-do compile { target powerpc-*-* } } */
/* { dg-options "-O2 -m64 -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCT__op(int);

int calls(int a)
{
	return __SCT__op(a) + 1;
}

/* { dg-final { scan-assembler {bl __SCT__op} } } */
/* { dg-final { scan-assembler-not {static_call_sites} } } */
