/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A local pointer that is set by its address, or by assembly, may point to anything. */
/* { dg-do run } */
/* { dg-additional-options "-Wno-attributes" } */
#include <staticcall.h>

struct ops { int (*f)(int); };

static int one(int x) { return x + 1; }
static int two(int x) { return x + 2; }

static struct ops a __static_call = { one }, b __static_call = { two };

__attribute__((noipa)) static int addressed(int x)
{
	struct ops *o = &a;

	*(&o) = &b;
	return o->f(x);
}

__attribute__((noipa)) static int by_function(int x)
{
	struct ops *o = &a, *volatile *p = (struct ops *volatile *)&o;

	*p = &b;
	return o->f(x);
}

__attribute__((noipa)) static int by_assembly(int x, struct ops *to)
{
	struct ops *o = &a;

	__asm__("" : "=r"(o) : "0"(to));
	return o->f(x);
}

int main(void)
{
	return addressed(1) != 3 || by_function(1) != 3 || by_assembly(1, &b) != 3
	       || by_assembly(1, &a) != 2;
}
