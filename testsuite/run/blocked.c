/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * blocked.c: a thread with all signals blocked, SIGTRAP too, calls through a
 * pointer that is updated: it must never meet a breakpoint.
 */
#include <pthread.h>
#include <signal.h>

#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

static int stop;

static void *call(void *arg)
{
	unsigned long calls = 0;
	sigset_t all;
	int value;

	(void)arg;
	sigfillset(&all);
	CHECK_IS(pthread_sigmask(SIG_BLOCK, &all, NULL), 0);
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		value = op(1);
		CHECK(value == 2 || value == 3);
		calls++;
	}
	CHECK(calls);
	return NULL;
}

int main(void)
{
	struct sigaction action;
	pthread_t thread;
	int i;

	CHECK_IS(pthread_create(&thread, NULL, call, NULL), 0);
	for (i = 0; i < 20000; i++)
		CHECK_IS(static_call_update(op, i % 2 ? one : two), 0);
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(thread, NULL), 0);

	/* And no handler was put where none is needed. */
	CHECK_IS(sigaction(SIGTRAP, NULL, &action), 0);
	CHECK(action.sa_handler == SIG_DFL);
	CHECK_IS(stats().traps, 0);
	return 0;
}
