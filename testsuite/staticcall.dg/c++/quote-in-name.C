/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of templates hold characters that end or escape a string. */
/* { dg-do run } */
#include "sites.h"

typedef int fn(int);
static int inc(int x) { return x + 1; }

template <char c> struct holder { static fn *p; };
template <char c> fn *holder<c>::p __static_call = inc;

__attribute__((noinline)) static int call(int x)
{
	return holder<'"'>::p(x) + holder<'\\'>::p(x) + holder<'%'>::p(x);
}

int main()
{
	CHECK(call(1) == 6);
	CHECK(patched_sites("holder<'\\\"'>::p") == 1);
	CHECK(patched_sites("holder<'%'>::p") == 1);
	puts("done");
}
/* { dg-output "^done\n$" } */
