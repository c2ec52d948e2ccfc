/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A module that does not have the key: the record points at the trampoline. */
/* { dg-do compile { target { ! ia32 } } } */
/* { dg-options "-O2 -DMODULE -fplugin-arg-staticcall-mode=kernel" } */

struct static_call_key { void *func; void *mods; };

/* Declared is not used. */
extern struct static_call_key __SCK__op;
extern int __SCT__op(int);

int call(int a)
{
	return __SCT__op(a) + 1;
}

/* { dg-final { scan-assembler {\.long __SCT__op - \.\n} } } */
/* { dg-final { scan-assembler-not {__SCK__op} } } */
