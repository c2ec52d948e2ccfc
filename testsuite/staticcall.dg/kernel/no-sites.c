/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where there is no site there is no section: not every unit of a kernel may have one. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCT__op(int);

int call(int (*pointer)(int))
{
	return pointer(1);
}

int (*taken)(int) = __SCT__op;

/* { dg-final { scan-assembler-not {static_call} } } */
