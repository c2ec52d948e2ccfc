/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * torture.c BATCHES [emulated]: two threads execute more than a thousand sites without a pause
 * while a third one updates their pointers.
 *
 * Every call must have called a target that was in force at some time during
 * the call: what it returns is compared with the last update that had been
 * committed before the call and the last one that had been begun after it.
 * Emulated, a thread may execute what its emulator translated before the commit
 * for a while: then any target's value will do.
 *
 * With -DDEBUGGER a fourth one plays debugger, see debugger.h.
 *
 * The sites are calls, tail jumps and conditional tail jumps; where sites can lie
 * at any address, at every offset in a cache line, and across the borders of
 * lines and of pages.  The targets are functions, NULL, __static_call_return0 and
 * a function out of reach.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "site.h"
#ifdef FAR
# include "far.h"
#endif

#define KEYS		4
#define SITES		1152
#define NOTHING		1000	/* what a call that calls nothing leaves in the register */
#ifndef NOTHING_BY_TRAMPOLINE
# define NOTHING_BY_TRAMPOLINE NOTHING
#endif
#define NOT_TAKEN	2000

typedef int (*target)(int);

target fp0 __static_call, fp1 __static_call, fp2 __static_call, fp3 __static_call;

/* Has them made keys and trampolines, for calls that NULL lets do nothing. */
__attribute__((noipa, used)) static int call_all(int a)
{
	return static_call(fp0)(a) + static_call(fp1)(a) + static_call(fp2)(a)
	       + static_call(fp3)(a) + 100;
}

#include TORTURE_SITES


static int f1(int a) { return 1 + 0 * a; }
static int f2(int a) { return 2 + 0 * a; }
static int f3(int a) { return 3 + 0 * a; }
static int f4(int a) { return 4 + 0 * a; }
static int f5(int a) { return 5 + 0 * a; }

/* The targets by turns, and what a call of each gives. */
#define TARGETS		8
static target targets[TARGETS] = { f1, NULL, f2, (target)(void *)__static_call_return0, f3, NULL,
				   f4, f5 };
static const int values[TARGETS] = { 1, NOTHING, 2, 0, 3, 77, 4, 5 };

/* Per key: the updates that have been begun, and those that are complete. */
static unsigned long begun[KEYS], complete[KEYS];
static unsigned long violations, stale, calls, exact;
static int stop, emulated;

static int valid(unsigned long from, unsigned long to, int value)
{
	for (; from <= to; from++)
		if (values[from % TARGETS] == value ||
		    (values[from % TARGETS] == NOTHING && value == NOTHING_BY_TRAMPOLINE))
			return 1;
	return 0;
}

static void check_call(unsigned int i, int taken, unsigned long *checked, unsigned long *tight)
{
	unsigned int key = i % KEYS;
	unsigned long from, to;
	int value;

	from = __atomic_load_n(&complete[key], __ATOMIC_SEQ_CST);
	value = sites[i](taken);
	to = __atomic_load_n(&begun[key], __ATOMIC_SEQ_CST);

	++*checked;
	*tight += to - from < TARGETS - 1;
	if (i / 4 % 3 == 2 && !taken ? value == NOT_TAKEN : valid(from, to, value))
		return;
	if (emulated && valid(0, TARGETS - 1, value)) {
		__atomic_add_fetch(&stale, 1, __ATOMIC_SEQ_CST);
		return;
	}
	if (__atomic_add_fetch(&violations, 1, __ATOMIC_SEQ_CST) <= 10)
		fprintf(stderr, "site %u at %p gave %d, updates %lu to %lu\n", i,
			(void *)sites[i], value, from, to);
}

/* A thread that does not run yet has all signals blocked: nobody updates before. */
static unsigned int started;

static void *execute(void *arg)
{
	unsigned long checked = 0, tight = 0;
	unsigned int i = arg ? SITES / 2 : 0;

	__atomic_add_fetch(&started, 1, __ATOMIC_RELAXED);
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		check_call(i, checked % 7 != 0, &checked, &tight);
		i = (i + 1) % SITES;
	}
	__atomic_add_fetch(&calls, checked, __ATOMIC_SEQ_CST);
	__atomic_add_fetch(&exact, tight, __ATOMIC_SEQ_CST);
	return NULL;
}

static void check(int ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "torture: %s\n", what);
		exit(1);
	}
}

#ifdef DEBUGGER
# include "debugger.h"
# define THREADS	3
#else
# define THREADS	2
#endif

__attribute__((noipa)) static int f77(int a) { return 77 + 0 * a; }

/* Each by its name: who takes the address of a pointer, has it left alone. */
static void update(unsigned int key, target to)
{
	check(!(key == 0 ? static_call_update(fp0, to) :
		key == 1 ? static_call_update(fp1, to) :
		key == 2 ? static_call_update(fp2, to) : static_call_update(fp3, to)),
	      "update failed");
}

static void update_in(struct static_call_batch *batch, unsigned int key, target to)
{
	check(!(key == 0 ? static_call_batch_update(batch, fp0, to) :
		key == 1 ? static_call_batch_update(batch, fp1, to) :
		key == 2 ? static_call_batch_update(batch, fp2, to) :
			   static_call_batch_update(batch, fp3, to)),
	      "batch full");
}

static void update_one(unsigned int key)
{
	unsigned long n = begun[key] + 1;

	__atomic_store_n(&begun[key], n, __ATOMIC_SEQ_CST);
	update(key, targets[n % TARGETS]);
	__atomic_store_n(&complete[key], n, __ATOMIC_SEQ_CST);
}

static void update_all(void)
{
	struct static_call_batch *batch = static_call_batch_begin();
	unsigned int key;

	check(batch != NULL, "no batch");
	for (key = 0; key < KEYS; key++) {
		__atomic_add_fetch(&begun[key], 1, __ATOMIC_SEQ_CST);
		update_in(batch, key, targets[begun[key] % TARGETS]);
	}
	check(!static_call_batch_commit(batch), "commit failed");
	for (key = 0; key < KEYS; key++)
		__atomic_store_n(&complete[key], begun[key], __ATOMIC_SEQ_CST);
}

/*
 * The pointers of batch @i: all of them most often, so that sites of several change at once;
 * not where each site is a system call.
 */
static void batch(unsigned long i, int mem)
{
	if (mem ? i % 32 : i % 4 == 3)
		update_one((mem ? i : i / 4) % KEYS);
	else
		update_all();
}

int main(int argc, char **argv)
{
	unsigned long batches = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000, i;
	struct static_call_stats stats;
	pthread_t threads[2];
	unsigned int key;
	int mem;

	emulated = argc > 2 && !strcmp(argv[2], "emulated");
#ifdef FAR
	targets[5] = (target)far_copy((void *)f77);
#else
	targets[5] = f77;
#endif
	for (key = 0; key < KEYS; key++)
		update(key, targets[0]);
	for (i = 0; i < 2; i++)
		check(!pthread_create(&threads[i], NULL, execute, i ? &stop : NULL), "no thread");
#ifdef DEBUGGER
	pthread_t debugger;

	start_debugger(&debugger);
#endif
	for (i = 0; i < 100000 && __atomic_load_n(&started, __ATOMIC_RELAXED) < THREADS; i++)
		usleep(100);
	check(!static_call_stats(&stats), "no statistics");
	mem = !strcmp(stats.writer, "mem");
	for (i = 0; i < batches; i++)
		batch(i, mem);
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	for (i = 0; i < 2; i++)
		check(!pthread_join(threads[i], NULL), "no end");
#ifdef DEBUGGER
	end_debugger(debugger);
#endif

	static_call_stats(&stats);
	check(stats.sites == SITES + KEYS, "sites are missing");
	printf("poke %s, writer %s: %lu batches over %lu sites, %lu calls checked (%lu within a "
	       "round of targets), %lu stale, %lu traps, %lu syncs, %lu violations\n", stats.poke,
	       stats.writer,
	       batches, (unsigned long)SITES, calls, exact, stale, (unsigned long)stats.traps,
	       (unsigned long)stats.syncs, violations);
	return violations || !calls || !exact;
}
