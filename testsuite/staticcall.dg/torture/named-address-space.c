/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pointers of which each thread, by a segment register, has its own; what lies at their
 * address is the first value of all.  (GCC 11 and 12 forget of stores that they make one vector
 * where those go.)
 */
/* { dg-do run { target x86_64-*-linux* } } */
/* { dg-additional-options "-w -fno-tree-slp-vectorize -fplugin-arg-staticcall-mark=fp,ops,table" } */
#include <asm/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef int fn_t(int);
struct ops {
	fn_t *r, *w;
};

static int one(int a)
{
	return a + 1;
}

static int two(int a)
{
	return a + 2;
}

fn_t *__seg_gs fp = one;
__seg_gs struct ops ops = { one, one };
fn_t *__seg_gs table[2] = { one, one };

static char own[1 << 16] __attribute__((aligned(64)));

__attribute__((noipa)) static int call(int i)
{
	__seg_gs struct ops *p = &ops;

	return fp(0) + ops.r(0) * 10 + p->w(0) * 100 + table[1](0) * 1000 + table[i](0) * 10000;
}

__attribute__((noipa)) static void store(fn_t *f, int i)
{
	__seg_gs struct ops *p = &ops;

	fp = f;
	ops = (struct ops){ f, f };
	table[1] = f;
	table[i] = f;
	p->w = f;
}

int main(void)
{
	unsigned long lowest = (unsigned long)&fp, at[] = { (unsigned long)&ops, (unsigned long)&table };
	int i;

	for (i = 0; i < 2; i++)
		if (at[i] < lowest)
			lowest = at[i];
	/* All are aligned as the compiler knows them to be. */
	lowest &= -64ul;
	if (syscall(SYS_arch_prctl, ARCH_SET_GS, (unsigned long)own - lowest))
		return 1;
	store(one, 0);
	if (call(0) != 11111)
		return 2;
	store(two, 0);
	if (call(0) != 22222)
		return 3;
	/* In memory of the thread's own, and nowhere else. */
	return *(fn_t **)&own[(unsigned long)&fp - lowest] == two
	       && *(fn_t *volatile *)(unsigned long)&fp == one ? 0 : 4;
}
