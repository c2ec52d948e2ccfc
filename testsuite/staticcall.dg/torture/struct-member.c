/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pointers that are members of marked objects, beside other data. */
/* { dg-do run } */
/* { dg-options "-Wno-attributes" } */
#include <staticcall.h>

struct ops {
	char name;
	int (*read)(int);
	struct {
		long pad;
		int (*write)(int);
	} inner;
	int data;
};

static int plus(int x)
{
	return x + 1;
}

static int minus(int x)
{
	return x - 1;
}

struct ops ops __static_call = { 'o', plus, { 1, minus }, 2 };
struct ops passed __static_call = { .read = minus };
static struct ops array[3] __static_call = { [1] = { .read = plus, .inner.write = plus } };

__attribute__((noinline)) static int run(int x)
{
	return ops.read(x) * 1000 + ops.inner.write(x) * 100 + array[1].read(x) * 10
	       + array[1].inner.write(x);
}

__attribute__((noinline)) static int through(struct ops *o, int x)
{
	return o->read(x);
}

int main(void)
{
	if (run(5) != 6466)
		__builtin_abort();
	ops.read = minus;
	ops.data = 3;
	ops.name++;
	if (run(5) != 4466 || ops.data != 3 || ops.name != 'p')
		__builtin_abort();
	array[1].inner.write = minus;
	array[2].read = plus;
	if (run(5) != 4464)
		__builtin_abort();
	ops.inner = array[1].inner;
	if (run(5) != 4464 || array[2].read(1) != 2)
		__builtin_abort();
	if (through(&passed, 1) != 0 || passed.read(1) != 0)
		__builtin_abort();
	return 0;
}
