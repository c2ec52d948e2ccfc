/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Storing a whole object updates every pointer in it. */
/* { dg-do run } */
#include <string.h>
#include <staticcall.h>

static int one(void)
{
	return 1;
}

static int two(void)
{
	return 2;
}

struct ops {
	int (*a)(void), (*b)(void);
	int data;
};

static const struct ops ones = { one, one, 1 }, twos = { two, two, 2 };
struct ops ops __static_call = { one, two, 12 };
static struct ops pair[2] __static_call = { { one, one, 1 }, { two, two, 2 } };

__attribute__((noinline)) static int call(void)
{
	return ops.a() * 10 + ops.b();
}

__attribute__((noinline)) static struct ops make(int (*a)(void), int (*b)(void))
{
	return (struct ops){ a, b, 3 };
}

int main(void)
{
	if (call() != 12)
		__builtin_abort();
	ops = twos;
	if (call() != 22 || ops.data != 2)
		__builtin_abort();
	ops = (struct ops){ .b = one, .a = two };
	if (call() != 21 || ops.data)
		__builtin_abort();
	ops = make(one, two);
	if (call() != 12 || ops.data != 3)
		__builtin_abort();
	memcpy(&ops, &ones, sizeof(ops));
	if (call() != 11)
		__builtin_abort();
	memcpy(&ops.b, &twos.b, sizeof(ops.b));
	if (call() != 12)
		__builtin_abort();
	pair[1] = pair[0];
	if (pair[1].a() + pair[1].b() != 2)
		__builtin_abort();
	pair[0] = twos;
	if (pair[0].a() + pair[0].b() != 4 || pair[1].a() != 1)
		__builtin_abort();
	return 0;
}
