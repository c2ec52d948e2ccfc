/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An asm statement with several ways out has stored on each of them. */
/* { dg-do compile } */
/* { dg-options "-O2 -fchecking=2" } */

typedef int fn_t(int);

extern fn_t *fp __attribute__((static_call));

int f(int x)
{
	__asm__ goto ("" : "=m" (fp) : : : out);
	return fp(x);
out:
	return fp(x + 1);
}
/* { dg-final { scan-assembler-times {\m(call|jmp|tail|bl|b|b\.w|brasl|jg)\M[^\n]*__static_call_sync} 2 } } */
/* { dg-final { scan-static-call-sites 2 fp } } */
