/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call that passes a static chain stays as it is. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

int (*fp)(int) __attribute__((static_call));

int caller(void *chain, int a)
{
	return __builtin_call_with_static_chain(fp(a), chain) + 1;
}

/* { dg-final { scan-static-call-sites 0 } } */
/* { dg-final { scan-assembler-not {__SC[TK]__} } } */
