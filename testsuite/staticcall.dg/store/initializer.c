/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A static initializer is no store: the program starts with it. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

extern int f(int);
int (*fp)(int) __attribute__((static_call)) = f;
static struct { int (*read)(int); } ops __attribute__((static_call)) = { f };

int caller(int a)
{
	return fp(a) + ops.read(a) + 1;
}

/* { dg-final { scan-static-call-sites 2 } } */
/* { dg-final { scan-assembler-not {__static_call_(store|sync)} } } */
/* { dg-final { scan-assembler-times {\.(quad|xword|dword|8byte|long|word|4byte)\tf\n} 2 } } */
