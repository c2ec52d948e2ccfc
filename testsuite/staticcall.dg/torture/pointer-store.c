/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the load of a pointer and its call another pointer leads to it: the old target is
   called.  What a call returns goes to an object that it was given the address of.  */
/* { dg-do run } */
/* { dg-additional-options "-Wno-attributes" } */
#include <staticcall.h>

typedef int fn(int);
struct ops { fn *f, *g; };

static int one(int x) { return x + 1; }
static int two(int x) { return x + 2; }

static fn *fp __static_call = one;
static fn **known = &fp;
static struct ops ops __static_call = { one, one };
fn *tbl[3] __static_call = { one, one, one };

__attribute__((noipa)) static int by_pointer(fn **p, int x)
{
	return fp((*p = two, x));
}

__attribute__((noipa)) static struct ops make(struct ops *other)
{
	other->g = two;
	return *other;
}

__attribute__((noipa)) static int by_result(int x)
{
	ops = make(&ops);
	return ops.f(x) + 10 * ops.g(x);
}

/* A call that changes nothing by itself, but its value is stored. */
__attribute__((noipa, const)) static struct ops both_two(void)
{
	return (struct ops){ two, two };
}

__attribute__((noipa)) static int by_value(int x)
{
	return ops.f((ops = both_two(), x));
}

/* What is given to a call whose value is stored has escaped all the same. */
static struct ops let_out __static_call;
static struct ops *kept;

__attribute__((noipa)) static struct ops keep(struct ops *p)
{
	struct ops value = { one, one };

	kept = p;
	return value;
}

__attribute__((noipa)) static int by_kept(int x)
{
	let_out = keep(&let_out);

	int before = let_out.f(x);

	kept->f = two;
	return before + 10 * let_out.f(x);
}

int main(void)
{
	if (by_value(1) != 2 || by_value(1) != 3)
		return 4;
	ops = (struct ops){ one, one };
	if (by_kept(1) != 2 + 30)
		return 3;
	if (by_pointer(known, 1) != 2 || by_pointer(known, 1) != 3)
		return 1;
	return by_result(1) == 2 + 30 ? 0 : 2;
}
