/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * resolver.c: a function that resolves an IFUNC, before anything has been started, calls
 * by and stores to marked pointers in every way there is.
 */
#include "check.h"

typedef int (*target)(int);

static int base(int a) { return a + 1; }
static int fast(int a) { return a + 100; }

static target stored __static_call = base, updated __static_call = base;
static struct { target one, two; } both __static_call = { base, base };
static target batched __static_call = base, called __static_call = base;
static int update, batch;

static int twice(int a) { return 2 * a; }
static int thrice(int a) { return 3 * a; }

static target resolve(void)
{
	static const __typeof__(both) news = { fast, base };
#ifndef ADDRESS
	struct static_call_batch *news_batch = static_call_batch_begin();

	batch = static_call_batch_update(news_batch, batched, fast);
	batch |= static_call_batch_commit(news_batch);
#else
	batched = fast;
#endif
	stored = fast;
	both = news;
	update = static_call_update(updated, fast);
	return called(1) == 2 && stored(1) == 101 ? thrice : twice;
}

int resolved(int a) __attribute__((ifunc("resolve")));

#ifdef ADDRESS
/* It is resolved with the program's data, before what its PLT needs is in place. */
target address = resolved;
#endif

int main(void)
{
#ifdef ADDRESS
	CHECK_IS(address(5), 15);
#endif
	CHECK_IS(resolved(5), 15);
	CHECK_IS(update | batch, 0);
	CHECK_IS(stored(1), 101);
	CHECK_IS(updated(1), 101);
	CHECK_IS(batched(1), 101);
	CHECK_IS(both.one(1), 101);
	CHECK_IS(both.two(1), 2);
	CHECK_IS(stats().patched, stats().sites);
	stored = base;
	CHECK_IS(stored(1), 2);
	return 0;
}
