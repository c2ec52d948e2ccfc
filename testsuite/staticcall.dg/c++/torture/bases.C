/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A class has a member of the name of its base's, or two bases have one: these are several
   pointers, for all units. */
/* { dg-do run } */
/* { dg-additional-sources "bases-aux.C" } */
#include "../sites.h"
#include "bases.h"

static int one(int x) { return x + 1; }
static int two(int x) { return x + 2; }
static int three(int x) { return x + 3; }

hiding h __static_call;
both b __static_call;
deep d __static_call;

__attribute__((noipa)) static int call(int x)
{
	return h.f(x) + 10 * h.base::f(x) + 100 * b.side<long>::g(x) + 1000 * b.side<short>::g(x);
}

__attribute__((noipa)) static int call_deep(int x)
{
	return d.in.f(x) + 10 * d.f(x) + 100 * d.base::f(x) + 1000 * d.only(x);
}

static void set(fn *p, fn *q, fn *r)
{
	h.base::f = p;
	h.f = q;
	b.side<long>::g = q;
	b.side<short>::g = r;
	d.base::f = r;
	d.f = p;
	d.in.f = q;
	d.only = r;
}

int main()
{
	set(one, two, three);
	CHECK(call(0) == 3212);
	CHECK(call_deep(0) == 3312);
	CHECK(call_bases(0) == 1 + 30 + 300);
	set(three, one, two);
	CHECK(call(0) == 2131);
	CHECK(call_deep(0) == 2231);
	CHECK(call_bases(0) == 3 + 20 + 200);
	CHECK(patched_sites("h.f") == 1);
	CHECK(patched_sites("h.base::f") == 2);
	CHECK(patched_sites("d.hiding::base::f") + patched_sites("d.base::f") == 2);
	CHECK(patched_sites("b.side::g") == 3);
	CHECK(patched_sites("d.only") == 1);
}
