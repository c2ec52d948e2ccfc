/* SPDX-License-Identifier: GPL-2.0-or-later */
/* MODULE may have any value. */
/* { dg-do compile { target { ! ia32 } } } */
/* { dg-options "-O2 -DMODULE=1 -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCT__closed(int);

int call(int a)
{
	return __SCT__closed(a) + 1;
}

/* { dg-final { scan-assembler {\.long __SCT__closed - \.\n} } } */
