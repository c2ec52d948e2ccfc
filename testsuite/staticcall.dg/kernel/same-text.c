/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Labels are all that stands in the text beside the code: no padding, no attribute. */
/* { dg-do compile { target { ! ia32 } } } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCT__op(int);
extern int (*marked)(int) __attribute__((static_call)); /* { dg-warning {attribute (directive )?ignored} } */

int call(int a)
{
	return __SCT__op(a) + marked(a);
}

/* { dg-final { scan-static-call-sites 1 } } */
/* { dg-final { scan-assembler-not {__SCT__marked} } } */
