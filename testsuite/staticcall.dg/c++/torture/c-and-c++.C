/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A unit in C and one in C++ share their pointers, in both directions. */
/* { dg-do run } */
/* { dg-additional-sources "c-and-c++-aux.c" } */
#include "../sites.h"

static int one(int x) { return x + 1; }
static int two(int x) { return x + 2; }

extern "C" {
int (*shared)(int) __static_call = one;
extern int (*from_c)(int) __static_call;
int c_calls(int x);
void c_sets(int (*f)(int));
}

__attribute__((noinline)) static int calls(int x)
{
	return shared(x) + from_c(x) + 100;
}

int main()
{
	CHECK(patched_sites("shared") == 2 && patched_sites("from_c") == 2);
	CHECK(calls(0) == 104 && c_calls(0) == 104);
	shared = two;
	CHECK(calls(0) == 105 && c_calls(0) == 105);
	c_sets(one);
	from_c = two;
	CHECK(calls(0) == 103 && c_calls(0) == 103);
	CHECK(patched_sites("shared") == 2 && patched_sites("from_c") == 2);
	puts("done");
}
/* { dg-output "^done\n$" } */
