/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call of a pointer defined elsewhere calls its trampoline; the load is gone. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

extern int (*fp)(int) __attribute__((static_call));

int caller(int a)
{
	return fp(a) + 1;
}

/* { dg-final { scan-static-call-sites 1 fp } } */
/* { dg-final { scan-assembler-times {\m(call|bl|brasl)\M[^\n]*__SCT__fp\M} 1 } } */
/* { dg-final { scan-assembler-not {call\t\*} { target x86_64 } } } */
/* { dg-final { scan-assembler-times {[^_]fp(@GOTPCREL|\+0)?\(%rip\)} 1 { target x86_64 } } } */
