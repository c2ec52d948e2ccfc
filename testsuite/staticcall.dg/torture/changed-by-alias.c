/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A store to an alias of the pointer, between its load and the call, changes the pointer. */
/* { dg-do run } */
/* { dg-additional-options "-Wno-attributes" } */
#include <stdlib.h>

typedef int fn(int);

static int one(int x) { return x + 1; }
static int two(int x) { return x + 2; }

fn *fp __attribute__((static_call)) = one;
static fn *own __attribute__((static_call)) = one;
extern fn *alias __attribute__((alias("fp")));
extern fn *of_alias __attribute__((alias("alias")));
extern fn *of_own __attribute__((alias("own")));

int main(void)
{
	fn *was = fp;

	alias = two;
	if (was(0) != 1 || fp(0) != 2)
		abort();
	was = fp;
	of_alias = one;
	if (was(0) != 2 || fp(0) != 1)
		abort();
	was = own;
	of_own = two;
	if (was(0) != 1 || own(0) != 2)
		abort();
	return 0;
}
