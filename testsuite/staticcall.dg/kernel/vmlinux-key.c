/* SPDX-License-Identifier: GPL-2.0-or-later */
/* vmlinux has every key: the record names it even if nothing that GCC can read does. */
/* { dg-do compile { target { ! ia32 } } } */
/* { dg-options "-O2 -DMODULES -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCT__op(int);

/* As a macro of the assembler may do it. */
asm(".macro addressable name\n.global __SCK__\\name\n.endm\naddressable op");

int call(int a)
{
	return __SCT__op(a) + 1;
}

/* { dg-final { scan-assembler {\.long __SCK__op - \.\n} } } */
