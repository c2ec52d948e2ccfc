/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names that begin with a dollar, and such with letters beyond ASCII. */
/* { dg-do run } */
/* { dg-options "-O2 -fdollars-in-identifiers" { target x86_64 } } */
#include <staticcall.h>

static int inc(int x) { return x + 1; }
static int dec(int x) { return x - 1; }

#ifdef __x86_64__
static int (*$op)(int) __static_call = inc;
#else	/* the assembler may take a leading dollar for something else */
static int (*$op)(int) __asm__("op") __static_call = inc;
#endif
static int (*größe)(int) __static_call = inc;
int (*π$)(int) __static_call = inc;

__attribute__((noipa)) static int call(int x)
{
	return $op(x) + ($op ? $op(x) : 0) + größe(x) + π$(x);
}

int main(void)
{
	if (call(1) != 8)
		return 1;
	$op = größe = π$ = dec;
	return call(1) != 0;
}
