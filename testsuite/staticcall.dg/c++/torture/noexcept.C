/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pointers to functions that do not throw are pointers to functions, of a type of their own. */
/* { dg-do run } */
/* { dg-options "-std=c++17" } */
#include "../sites.h"

static int one(int x) noexcept { return x + 1; }
static int two(int x) noexcept { return x + 2; }

static int (*quiet)(int) noexcept __static_call = one;
static DEFINE_STATIC_CALL(defined, one);

int main()
{
	static_assert(noexcept(quiet(1)) && noexcept(defined(1)));
	CHECK(quiet(1) + defined(1) == 4);
	quiet = two;
	CHECK(static_call_update(defined, two) == 0);
	CHECK(quiet(1) + static_call(defined)(1) == 6);
	CHECK(patched_sites("quiet") == 2 && patched_sites("defined") == 2);
	puts("done");
}
/* { dg-output "^done\n$" } */
