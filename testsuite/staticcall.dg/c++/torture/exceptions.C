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
	local here;

	static_call_cond(fp)(x);
}

__attribute__((noinline)) static void null_unpatched(int x)
{
	local here;

	if (escaped)
		escaped(x);
}

__attribute__((noinline)) static void (*choose(int x))(int)
{
	if (x)
		throw x;
	return returns;
}

struct pair {
	void (*first)(int), (*second)(int);
};

static pair both __static_call = { returns, throws_text };

__attribute__((noinline)) static pair choose_both(int x)
{
	if (x)
		throw x;
	return { throws_int, returns };
}

/* A store of what is thrown instead of being returned does not happen. */
__attribute__((noinline)) static int store(int x)
{
	try {
		fp = choose(x);
		both = choose_both(x);
	} catch (int value) {
		return value;
	}
	return 0;
}

static void call_first(int x) { both.first(x); }
static void call_second(int x) { both.second(x); }

static void check_stores()
{
	CHECK(store(9) == 9);
	CHECK(outcome(patched, 3) == 3);
	CHECK(outcome(call_first, 2) == 0 && outcome(call_second, 2) == -1);
	CHECK(store(0) == 0);
	CHECK(outcome(patched, 3) == 0);
	CHECK(outcome(call_first, 2) == 2 && outcome(call_second, 2) == 0);
	fp = throws_int;
	destroyed = 0;
}

int main()
{
	check_stores();
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
	CHECK(outcome(null, 3) == 0 && outcome(null_unpatched, 4) == 0);
	fp = returns;
	CHECK(patched_sites("fp") >= 4);
	puts("done");
}
/* { dg-output "^done\n$" } */
