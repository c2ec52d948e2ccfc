/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stores and calls between which an exception could run cleanups. */
/* { dg-do run } */
/* { dg-additional-options "-fexceptions -fnon-call-exceptions -fchecking=2" } */
#include <stdlib.h>

typedef int fn_t(int);

struct ops {
	fn_t *a, *b;
};

static int cleaned;

static void clean(int *p)
{
	cleaned += *p;
}

static int one(int x)
{
	return x + 1;
}

static int ten(int x)
{
	return x + 10;
}

fn_t *fp __attribute__((static_call)) = one;
fn_t *tbl[4] __attribute__((static_call)) = { one, one, one, one };
struct ops ops __attribute__((static_call)) = { one, one };

__attribute__((noipa)) static fn_t *get(void)
{
	return ten;
}

__attribute__((noipa)) static int all(fn_t *const *from, int i, const struct ops *o)
{
	int x __attribute__((cleanup(clean))) = 3;

	fp = *from;
	tbl[i] = get();
	tbl[i + 1] = from[0];
	ops = *o;
	return fp(1) + tbl[2](1) * 10 + tbl[3](1) * 100 + ops.b(1) * 1000;
}

/* What goes through a pointer could trap, in a variable it cannot. */
__attribute__((noipa)) static int by_pointer(void)
{
	int x __attribute__((cleanup(clean))) = 4;
	struct ops *o = &ops;
	struct ops l = *o;
	int sum = o->b(1);

	o->b = one;
	sum += o->b(1) * 100;
	*o = l;
	return sum + ops.b(1) * 1000;
}

int main(void)
{
	static fn_t *const from = one;
	static const struct ops other = { one, ten };

	if (all(&from, 2, &other) != 2 + 110 + 200 + 11000 || cleaned != 3)
		abort();
	if (by_pointer() != 11 + 200 + 11000 || cleaned != 3 + 4)
		abort();
	return 0;
}
