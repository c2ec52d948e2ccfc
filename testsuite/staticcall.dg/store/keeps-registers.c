/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function that keeps all registers calls nothing for a store: the pointer is never patched. */
/* { dg-do run { target x86_64-*-* i?86-*-* } } */
/* { dg-options "-O2 -msse2" } */
#include <stdlib.h>
#include <staticcall.h>

static int inc(int a) { return a + 1; }
static int dec(int a) { return a - 1; }

static int (*op)(int) __static_call = inc;
static int (*other)(int) __static_call = inc;

__attribute__((noipa, no_caller_saved_registers, target("general-regs-only")))
static void set(int down)
{
	op = down ? dec : inc;	/* { dg-warning "'op', marked 'static_call', is stored to" } */
	other = down ? dec : inc;	/* { dg-warning "'other', marked 'static_call', is stored to" } */
}

__attribute__((noipa)) static int use(int a) { return op(a) * other(a); }

typedef int vector __attribute__((vector_size(16)));

int main(void)
{
	for (int i = 0; i < 4; i++) {
		register vector a asm("xmm0") = { i, 1, 2, 3 }, b asm("xmm5") = { 4, 5, 6, i };

		asm volatile("" : "+x" (a), "+x" (b));
		set(i & 1);
		asm volatile("" : "+x" (a), "+x" (b));
		if (a[0] != i || a[3] != 3 || b[0] != 4 || b[3] != i)
			abort();
		if (use(3) != (i & 1 ? 4 : 16))
			abort();
	}
	return 0;
}
