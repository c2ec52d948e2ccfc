/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In transactions calls and stores are the compiler's own: nothing is marked, and all that
   this header has works as it does without the plugin. */
/* { dg-do compile } */
/* { dg-options "-O2 -fgnu-tm -fplugin-arg-staticcall-mark=named" } */
#include <staticcall.h>

extern int inc(int) __attribute__((transaction_safe));
int (*op)(int) __attribute__((transaction_safe)) __static_call = inc;
int (*named)(int) __attribute__((transaction_safe)) = inc;	/* { dg-warning "'named' is not marked" } */
int (*other)(int) __attribute__((transaction_safe, static_call)) = inc;
int x;

void call(int a)
{
	__transaction_atomic {
		x += op(a) + named(a) + static_call(op)(a);
		op = inc;
	}
}

/* { dg-final { scan-assembler-not {__SC[KT]__(op|named|other)|__static_call_(store|sync|target)} } } */
