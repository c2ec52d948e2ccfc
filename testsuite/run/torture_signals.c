/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * torture_signals.c UPDATES: signal handlers call through sites, and update
 * their pointers, in whatever their thread is doing: calling or updating.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <time.h>

#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);
DEFINE_STATIC_CALL(by_handler, one);

static unsigned long handled, updated, calls;
static int stop;

__attribute__((noipa)) static int call_op(int a) { return op(a) + 100; }
__attribute__((noipa)) static int tail_op(int a) { return op(a); }
__attribute__((noipa)) static int call_by_handler(int a) { return by_handler(a) + 100; }

static void check_calls(void)
{
	int value = call_op(1) - 100;

	CHECK(value == 2 || value == 3);
	value = tail_op(1);
	CHECK(value == 2 || value == 3);
	value = call_by_handler(1) - 100;
	CHECK(value == 2 || value == 3);
}

static void on_call(int sig)
{
	(void)sig;
	check_calls();
	__atomic_add_fetch(&handled, 1, __ATOMIC_RELAXED);
}

static void on_update(int sig)
{
	struct static_call_batch *batch = static_call_batch_begin();
	unsigned long n = __atomic_add_fetch(&updated, 1, __ATOMIC_RELAXED);

	(void)sig;
	CHECK(batch);
	CHECK_IS(static_call_batch_update(batch, by_handler, n % 2 ? one : two), 0);
	CHECK_IS(static_call_batch_commit(batch), 0);
	by_handler = n % 3 ? one : two;
	check_calls();
}

static void *execute(void *arg)
{
	(void)arg;
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		check_calls();
		calls++;
	}
	return NULL;
}

static void *update(void *arg)
{
	unsigned long i, n = *(unsigned long *)arg;

	for (i = 0; i < n; i++) {
		CHECK_IS(static_call_update(op, i % 2 ? one : two), 0);
		CHECK_IS(tail_op(1), i % 2 ? 2 : 3);
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	return NULL;
}

int main(int argc, char **argv)
{
	unsigned long n = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
	struct timespec pause = { .tv_nsec = 20000 };
	pthread_t executor, updater;
	struct sigaction action = { .sa_handler = on_call, .sa_flags = SA_RESTART };

	CHECK_IS(sigaction(SIGUSR1, &action, NULL), 0);
	action.sa_handler = on_update;
	CHECK_IS(sigaction(SIGUSR2, &action, NULL), 0);
	CHECK_IS(pthread_create(&executor, NULL, execute, NULL), 0);
	CHECK_IS(pthread_create(&updater, NULL, update, &n), 0);
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		CHECK_IS(pthread_kill(executor, SIGUSR1), 0);
		CHECK_IS(pthread_kill(updater, SIGUSR1), 0);
		CHECK_IS(pthread_kill(executor, SIGUSR2), 0);
		CHECK_IS(pthread_kill(updater, SIGUSR2), 0);
		nanosleep(&pause, NULL);
	}
	CHECK_IS(pthread_join(executor, NULL), 0);
	CHECK_IS(pthread_join(updater, NULL), 0);
	CHECK(handled && updated && calls);
	printf("poke %s, writer %s: %lu updates, %lu more by handlers, %lu handlers calling, "
	       "%lu rounds of calls, %lu traps\n", stats().poke, stats().writer, n, 2 * updated,
	       handled, calls, (unsigned long)stats().traps);
	return 0;
}
