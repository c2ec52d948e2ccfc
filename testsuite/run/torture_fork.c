/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * torture_fork.c FORKS: children are forked while other threads update and
 * call.  A child finds every site at its pointer's target, makes updates of its
 * own, and does not change its parent's.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);
DEFINE_STATIC_CALL(by_fork_handler, one);

static unsigned long updates, calls;
static int stop;

__attribute__((noipa)) static int call_op(int a) { return op(a) + 100; }
__attribute__((noipa)) static int tail_op(int a) { return op(a); }
__attribute__((noipa)) static int call_handler(int a) { return by_fork_handler(a) + 100; }

static void prepare(void)
{
	by_fork_handler = two;
}

static void after(void)
{
	CHECK_IS(call_handler(1), 103);
	by_fork_handler = one;
	CHECK_IS(call_handler(1), 102);
}

/* Before the program's other ones: that of the runtime may or may not have repaired the child. */
static __attribute__((constructor(100))) void early(void)
{
	CHECK_IS(pthread_atfork(prepare, after, after), 0);
}

static void *execute(void *arg)
{
	int value;

	(void)arg;
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		value = call_op(1) - 100;
		CHECK(value == 2 || value == 3);
		calls++;
	}
	return NULL;
}

static void *update(void *arg)
{
	(void)arg;
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		CHECK_IS(static_call_update(op, updates % 2 ? one : two), 0);
		CHECK_IS(tail_op(1), updates % 2 ? 2 : 3);
		updates++;
	}
	return NULL;
}

static void check_child(void)
{
	int (*now)(int) = static_call_query(op);
	int i;

	CHECK_IS(call_op(1), now(1) + 100);
	CHECK_IS(tail_op(1), now(1));
	for (i = 0; i < 4; i++) {
		op = i % 2 ? one : two;
		CHECK_IS(call_op(1), i % 2 ? 102 : 103);
		CHECK_IS(tail_op(1), i % 2 ? 2 : 3);
	}
}

static void fork_once(int grandchild)
{
	int status;
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (!pid) {
		check_child();
		if (grandchild)
			fork_once(0);
		_exit(0);
	}
	CHECK_IS(waitpid(pid, &status, 0), pid);
	CHECK_IS(status, 0);
}

int main(int argc, char **argv)
{
	unsigned long n = argc > 1 ? strtoul(argv[1], NULL, 10) : 100, i;
	pthread_t executor, updater;

	/* Alone: a child's update is the child's. */
	CHECK_IS(static_call_update(op, two), 0);
	fork_once(1);
	CHECK(static_call_query(op) == two);
	CHECK_IS(call_op(1), 103);
	CHECK_IS(tail_op(1), 3);

	CHECK_IS(pthread_create(&executor, NULL, execute, NULL), 0);
	CHECK_IS(pthread_create(&updater, NULL, update, NULL), 0);
	for (i = 0; i < n; i++)
		fork_once(i % 8 == 0);
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(executor, NULL), 0);
	CHECK_IS(pthread_join(updater, NULL), 0);
	CHECK(updates && calls);
	printf("poke %s, writer %s: %lu forks during %lu updates and %lu calls, %lu traps\n",
	       stats().poke, stats().writer, n, updates, calls, (unsigned long)stats().traps);
	return 0;
}
