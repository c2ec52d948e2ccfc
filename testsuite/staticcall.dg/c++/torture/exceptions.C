/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exceptions pass through sites, patched or not, and through trampolines. */
/* { dg-do run } */
#include "../sites.h"

static int destroyed;

struct local {
	~local() { destroyed++; }
};

static void throws_int(int x) { throw x; }
static void throws_text(int) { throw "text"; }
static void returns(int) { }

static void (*fp)(int) __static_call = throws_int;
/* Never patched: its address is known elsewhere. */
static void (*escaped)(int) __static_call = throws_int;	/* { dg-message "'escaped' is declared here" } */
void (**known)(int) = &escaped;	/* { dg-warning "address of 'escaped'" } */

/* What is called, counted in a way that no optimization foresees. */
__attribute__((noinline)) static int outcome(void (*call)(int), int x)
{
	try {
		local here;

		call(x);
		return 0;
	} catch (int value) {
		return value;
	} catch (const char *) {
		return -1;
	}
}

__attribute__((noinline)) static void patched(int x)
{
	local here;

	fp(x);
}

__attribute__((noinline)) static void unpatched(int x)
{
	local here;

	escaped(x);
}

__attribute__((noinline)) static void tail(int x)
{
	fp(x);
}

__attribute__((noinline)) static int inner(int x)
{
	try {
		fp(x);
	} catch (int value) {
		return value + 1000;
	}
	return 1;
}

__attribute__((noinline)) static void null(int x)
{
	try {
		fp(x);
	} catch (...) {
		abort();
	}
}

int main()
{
	CHECK(outcome(patched, 3) == 3 && outcome(unpatched, 4) == 4 && outcome(tail, 5) == 5);
	CHECK(destroyed == 5);
	CHECK(inner(7) == 1007);
	fp = throws_text;
	*known = throws_text;
	CHECK(outcome(patched, 3) == -1 && outcome(unpatched, 4) == -1 && outcome(tail, 5) == -1);
	fp = returns;
	*known = returns;
	CHECK(outcome(patched, 3) == 0 && outcome(unpatched, 4) == 0 && outcome(tail, 5) == 0);
	CHECK(inner(7) == 1);
	fp = 0;
	*known = 0;
	CHECK(outcome(patched, 3) == 0 && outcome(unpatched, 4) == 0 && outcome(tail, 5) == 0);
	null(1);
	CHECK(patched_sites("fp") >= 4);
	puts("done");
}
/* { dg-output "^done\n$" } */
