/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A store to an alias of the pointer, between its load and the call, changes the pointer. */
/* { dg-do run } */
/* { dg-additional-options "-std=c++17 -Wno-attributes" } */
#include <cstdlib>

extern "C" {
typedef int fn(int);

static int one(int x) { return x + 1; }
static int two(int x) { return x + 2; }

fn *fp __attribute__((static_call)) = one;
static fn *own asm("its_own") __attribute__((static_call)) = one;
extern fn *alias __attribute__((alias("fp")));
extern fn *of_alias __attribute__((alias("alias")));
extern fn *of_own __attribute__((alias("its_own")));
}

static int changed(int x)
{
	alias = two;
	return x;
}

int main()
{
	/* C++17 evaluates what is called first: [expr.call]. */
	if (fp(changed(0)) != 1 || fp(0) != 2)
		abort();
	if (fp((of_alias = one, 0)) != 2 || fp(0) != 1)
		abort();
	if (own((of_own = two, 0)) != 1 || own(0) != 2)
		abort();
	return 0;
}
