/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A thread that has seen the new value of a pointer calls nothing older, and a call that a
 * test of it guards is made: ISO C11 5.1.2.4, coherence of one object.
 *
 * Usage: coherent HOW ROUNDS, where HOW is "set" (from NULL), "change", or "atomic" (from
 * NULL).  Prints how often that was not so.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staticcall.h>

typedef int fn(int);

static int inc(int a) { return a + 1; }
static int dec(int a) { return a - 1; }

fn *op __static_call;

static fn *first;
static int rounds, wrong, turn;

static void wait_for(int n)
{
	while (__atomic_load_n(&turn, __ATOMIC_ACQUIRE) != n)
		;
}

static void pass_to(int n)
{
	__atomic_store_n(&turn, n, __ATOMIC_RELEASE);
}

__attribute__((noinline)) static int call_when_set(int a)
{
	while (!__atomic_load_n(&op, __ATOMIC_ACQUIRE))
		;
	return op(a);
}

__attribute__((noinline)) static int call_when_changed(int a)
{
	while (__atomic_load_n(&op, __ATOMIC_ACQUIRE) != dec)
		;
	return op(a);
}

static void *watch(void *unused)
{
	for (int i = 0; i < rounds; i++) {
		wait_for(1);
		wrong += (first ? call_when_changed(42) : call_when_set(42)) != 41;
		pass_to(0);
	}
	return unused;
}

int main(int argc, char **argv)
{
	bool atomic = argc == 3 && !strcmp(argv[1], "atomic");
	pthread_t thread;

	if (argc != 3)
		return 2;
	rounds = atoi(argv[2]);
	first = strcmp(argv[1], "change") ? NULL : inc;
	op = first;
	if (pthread_create(&thread, NULL, watch, NULL))
		return 2;
	for (int i = 0; i < rounds; i++) {
		op = first;
		pass_to(1);
		for (volatile int wait = 0; wait < 300; wait++)
			;
		if (atomic)
			__atomic_store_n(&op, dec, __ATOMIC_RELEASE);
		else
			op = dec;
		wait_for(0);
	}
	pthread_join(thread, NULL);
	printf("%d\n", wrong);
	return 0;
}
