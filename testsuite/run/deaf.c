/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * deaf.c CASE: a breakpoint would kill a thread that has SIGTRAP blocked, so
 * there is none where a thread or a handler has.
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <time.h>

#include "check.h"

#define UPDATES	20000

static int last;

static void one(void) { last = 1; }
static void two(void) { last = 2; }

static DEFINE_STATIC_CALL(op, one);
static void (*split)(void) __static_call = one;

__attribute__((noipa)) static void call(void)
{
	op();
}

/* Built with align=none: the call's last byte is in the next word. */
__attribute__((noipa)) static void call_split(void)
{
	__asm__ volatile(".balign 8\n\t.skip 4, 0x90");
	split();
	last |= 0;
}

static int calling, stop, unblock;

static void *execute(void *arg)
{
	sigset_t all;

	sigfillset(&all);
	CHECK_IS(pthread_sigmask(SIG_BLOCK, &all, NULL), 0);
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		call();
		call_split();
		__atomic_store_n(&calling, 1, __ATOMIC_RELAXED);
		if (__atomic_load_n(&unblock, __ATOMIC_RELAXED)) {
			CHECK_IS(pthread_sigmask(SIG_UNBLOCK, &all, NULL), 0);
			__atomic_store_n(&unblock, 0, __ATOMIC_RELAXED);
		}
	}
	return arg;
}

static void *idle(void *arg)
{
	__atomic_store_n(&calling, 1, __ATOMIC_RELAXED);
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
		sched_yield();
	return arg;
}

static void handler(int sig)
{
	(void)sig;
}

static pthread_t start(void *(*fn)(void *))
{
	pthread_t thread;

	CHECK_IS(pthread_create(&thread, NULL, fn, NULL), 0);
	while (!__atomic_load_n(&calling, __ATOMIC_RELAXED))
		sched_yield();
	return thread;
}

static void *unblock_soon(void *arg)
{
	const struct timespec pause = { .tv_nsec = 5 * 1000 * 1000 };

	nanosleep(&pause, NULL);
	__atomic_store_n(&unblock, 1, __ATOMIC_RELAXED);
	return arg;
}

/* One aligned store for each site, whatever the protocol that was asked for. */
static void without_breakpoints(void)
{
	int i;

	for (i = 0; i < UPDATES; i++)
		CHECK_IS(static_call_update(op, i % 2 ? one : two), 0);
	CHECK_IS(stats().traps, 0);
}

static void refuse(void)
{
	CHECK_IS(static_call_update(split, two), -EBUSY);
	CHECK(static_call_query(split) == one);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	struct sigaction action = { .sa_handler = handler };
	pthread_t thread, other;

	if (!strcmp(what, "handler")) {
		sigfillset(&action.sa_mask);
		CHECK_IS(sigaction(SIGUSR1, &action, NULL), 0);
		thread = start(idle);
		without_breakpoints();
		refuse();
		/* An assignment cannot be refused, and in fact there is no danger. */
		split = two;
		call_split();
		CHECK_IS(last, 2);
	} else {
		thread = start(execute);
		if (!strcmp(what, "thread")) {
			without_breakpoints();
		} else if (!strcmp(what, "refuse")) {
			refuse();
			__atomic_store_n(&unblock, 1, __ATOMIC_RELAXED);
			while (__atomic_load_n(&unblock, __ATOMIC_RELAXED))
				sched_yield();
			CHECK_IS(static_call_update(split, two), 0);
			call_split();
		} else if (!strcmp(what, "wait")) {
			CHECK_IS(pthread_create(&other, NULL, unblock_soon, NULL), 0);
			split = two;
			CHECK(static_call_query(split) == two);
			CHECK_IS(pthread_join(other, NULL), 0);
		} else {
			return 2;
		}
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(thread, NULL), 0);
	return 0;
}
