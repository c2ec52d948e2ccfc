/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kernels for 32-bit x86 have no inline static calls, nor a place for their records. */
/* { dg-do compile { target x86_64-*-* i?86-*-* } } */
/* { dg-options "-O2 -m32 -fno-pic -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCT__op(int);

asm("call __SCT__op");

int calls(int a)
{
	asm volatile("call __SCT__op");
	return __SCT__op(a) + 1;
}

/* { dg-final { scan-assembler {call\t__SCT__op} } } */
/* { dg-final { scan-assembler-not {static_call_sites} } } */
