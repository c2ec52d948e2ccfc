/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pointer's value is an ordinary value: compared, copied, passed on. */
/* { dg-do run } */
#include <stdint.h>
#include <staticcall.h>

typedef int fn_t(int);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

fn_t *fp __static_call = one;
fn_t *gp __static_call = two;

__attribute__((noinline)) static int apply(fn_t *f, int x)
{
	return f(x);
}

int main(void)
{
	fn_t *copy = fp, *t;
	uintptr_t word = (uintptr_t)fp;

	if (fp != one || fp == gp || !fp || copy != one || word != (uintptr_t)one)
		__builtin_abort();
	fp = gp;
	if (fp(0) != 2 || copy(0) != 1 || apply(copy, 0) != 1 || apply(fp, 0) != 2)
		__builtin_abort();
	gp = copy;
	if ((t = gp)(0) != 1 || t != one)
		__builtin_abort();
	if ((fp = one)(0) != 1 || fp(0) != 1)
		__builtin_abort();
	fp = gp = two;
	if (fp(0) + gp(0) != 4)
		__builtin_abort();
	return 0;
}
