/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lambdas as targets, and calls and stores inside of lambdas. */
/* { dg-do run } */
#include "../sites.h"

static int (*fp)(int) __static_call = [](int x) { return x + 1; };

template <class F> __attribute__((noinline)) static int apply(F f)
{
	return f(0) + 10;
}

int main()
{
	auto call = [](int x) { return fp(x); };
	int captured = 5;
	auto call_more = [&](int x) { return fp(x) + captured; };

	CHECK(apply(call) == 11 && apply(call_more) == 16);
	[] { fp = [](int x) { return x + 2; }; }();
	CHECK(apply(call) == 12 && apply(call_more) == 17);
	fp = +[](int x) { return x + 3; };
	CHECK(apply(call) == 13 && apply(call_more) == 18);
	CHECK(patched_sites("fp") >= 2);
	puts("done");
}
/* { dg-output "^done\n$" } */
