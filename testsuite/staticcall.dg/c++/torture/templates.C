/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates: their functions' records live and die with the COMDAT group, their pointers are one. */
/* { dg-do run } */
/* { dg-options "-std=c++17" } */
/* { dg-additional-sources "templates-aux.C" } */
#include "../sites.h"
#include "templates.h"

int one(int x) { return x + 1; }
int two(int x) { return x + 2; }

int other(int x);
const void *other_code();

int main()
{
	CHECK(other_code() == reinterpret_cast<const void *>(&call<int>));
	CHECK(patched_sites("counted<short int>::fp") == 1);
	CHECK(patched_sites("counted<int>::fp") == 2);
	CHECK(patched_sites("typed<int (*)(int)>::fp") == 2);
	CHECK(call(0) == 112);
	CHECK(other(0) == 112 + 112 + 1);
	CHECK(variable<'"'>(0) == 1);
	CHECK(patched_sites("variable") == 2);
	counted<int>::fp = two;
	CHECK(call(0) == 113);
	CHECK(other(0) == 113 + 112 + 2);
	typed<int (*)(int)>::fp = two;
	variable<'"'> = two;
	CHECK(call(0) == 114);
	CHECK(other(0) == 114 + 113 + 2);
	CHECK(variable<'"'>(0) == 2);
	puts("done");
}
/* { dg-output "^done\n$" } */
