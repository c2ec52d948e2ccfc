/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A marked pointer whose first value is computed when the program starts; others that are not. */
/* { dg-do run } */
/* { dg-options "-std=c++20" } */
#include "../sites.h"

static int one(int x) { return x + 1; }
static int two(int x) { return x + 2; }

typedef int fn_t(int);

static int early_result;

__attribute__((noinline)) static int (*choose(int x))(int)
{
	return x ? two : one;
}

volatile int chosen = 1;

static int (*fp)(int) __static_call = choose(chosen);
static int (*second)(int) __static_call = fp(1) == 3 ? two : one;
static constinit fn_t *constant __static_call = one;

struct S {
	static int (*sp)(int);
};
int (*S::sp)(int) __static_call = choose(chosen);

template <class T> struct lazy {
	static int (*fp)(int) __static_call;
};
template <class T> int (*lazy<T>::fp)(int) = choose(chosen);

/* The static of a function is initialized by its first call. */
__attribute__((noinline)) static int local(int x)
{
	static int (*fp)(int) __static_call = choose(chosen);

	return fp(x) + 10;
}

/* Runs before what initializes the variables, and calls what is not there yet. */
__attribute__((constructor(101))) static void early()
{
	static_call_cond(fp)(1);
	early_result = constant(1);
}

int main()
{
	CHECK(early_result == 2);
	CHECK(fp(1) == 3 && second(1) == 3 && constant(1) == 2 && S::sp(1) == 3);
	CHECK(lazy<int>::fp(1) == 3 && local(1) == 13);
	chosen = 0;
	CHECK(local(1) == 13);
	CHECK(patched_sites("fp") >= 3 && patched_sites("second") && patched_sites("constant") > 0
	      && patched_sites("S::sp") == 1 && patched_sites("lazy<int>::fp") == 1);
	puts("done");
}
/* { dg-output "^done\n$" } */
