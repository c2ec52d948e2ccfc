/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A statement with any number of outputs is one site: GCC has a copy of its text for each. */
/* { dg-do assemble { target x86_64-*-* } } */
/* { dg-options "-O2 -fno-pic -save-temps -fplugin-arg-staticcall-mode=kernel" } */

extern int __SCK__op;
extern void __SCT__op(void);

static void *addressable[] __attribute__((used)) = { &__SCK__op };

int two(int a)
{
	int x, y;

	asm volatile("call %c2\n\tmov $1, %0\n\tmov $2, %1"
		     : "=&r" (x), "=&r" (y) : "i" (__SCT__op), "r" (a) : "memory");
	return x * a + y;
}

int three(int a)
{
	int x, y, z = a;

	asm volatile("mov $1, %0; mov $2, %1; call __SCT__op"
		     : "=&r" (x), "=&r" (y), "+r" (z) : : "memory", "cc");
	return x * z + y;
}

void none(void)
{
	asm volatile("call __SCT__op" : : : "memory");
}

int go(int a)
{
	asm goto("call __SCT__op; jmp %l[there]" : : "r" (a) : "memory" : there);
	return 1;
there:
	return a;
}

/* { dg-final { scan-static-call-sites 4 op } } */
