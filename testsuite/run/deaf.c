/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * deaf.c CASE: a breakpoint would end the process if a thread met it that has SIGTRAP
 * blocked or no handler for it, so there is none where one might.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

#define UPDATES	5000

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

static void ignore_value(union sigval value)
{
	(void)value;
}

/* The C library has a thread for it, with every signal blocked. */
static void start_timer(void)
{
	struct sigevent event = {
		.sigev_notify = SIGEV_THREAD, .sigev_notify_function = ignore_value,
	};
	timer_t timer;

	CHECK_IS(timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
}

/* And the kernel one, which never executes code of the program; false if it may not be had. */
static int start_io_uring(void)
{
	struct io_uring_params params = { .flags = IORING_SETUP_SQPOLL, .sq_thread_idle = 100 };

	return syscall(SYS_io_uring_setup, 4, &params) >= 0;
}

static void exhaust_descriptors(void)
{
	struct rlimit limit;

	CHECK_IS(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = 64;
	CHECK_IS(setrlimit(RLIMIT_NOFILE, &limit), 0);
	while (dup(2) >= 0)
		;
	CHECK_IS(errno, EMFILE);
}

/* A child of vfork() shares this memory; it has reset its signals, and calls. */
static void *vfork_and_call(void *arg)
{
	pid_t pid = vfork();
	int status;

	if (!pid) {
		signal(SIGTRAP, SIG_DFL);
		__atomic_store_n(&calling, 1, __ATOMIC_RELAXED);
		while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
			call();
		_exit(0);
	}
	CHECK_IS(waitpid(pid, &status, 0), pid);
	CHECK_IS(status, 0);
	return arg;
}

/* A handler whose stack has room for its own frame and not for another one. */
static char small_stack[65536];

static void call_often(int sig)
{
	int i;

	(void)sig;
	for (i = 0; i < 1000; i++)
		call();
}

static void *raise_on_small_stack(void *arg)
{
	struct sigaction action = { .sa_handler = call_often, .sa_flags = SA_ONSTACK };
	stack_t stack = { .ss_sp = small_stack, .ss_size = sysconf(_SC_MINSIGSTKSZ) + 1024 };

	CHECK_IS(sigaltstack(&stack, NULL), 0);
	CHECK_IS(sigaction(SIGUSR1, &action, NULL), 0);
	__atomic_store_n(&calling, 1, __ATOMIC_RELAXED);
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
		CHECK_IS(raise(SIGUSR1), 0);
	return arg;
}

/* A handler, of a signal that is not one of the first 31, that blocks all signals. */
static void *raise_real_time(void *arg)
{
	struct sigaction action = { .sa_handler = call_often };

	sigfillset(&action.sa_mask);
	CHECK_IS(sigaction(SIGRTMIN + 3, &action, NULL), 0);
	__atomic_store_n(&calling, 1, __ATOMIC_RELAXED);
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
		CHECK_IS(raise(SIGRTMIN + 3), 0);
	return arg;
}

/* So many that the kernel does not list them at once; they may end with the process. */
#define CROWD	250

static void *wait_for_ever(void *arg)
{
	for (;;)
		pause();
	return arg;
}

static void gather_crowd(void)
{
	pthread_attr_t attr;
	pthread_t thread;
	int i;

	CHECK_IS(pthread_attr_init(&attr), 0);
	CHECK_IS(pthread_attr_setstacksize(&attr, 256 * 1024), 0);
	for (i = 0; i < CROWD; i++)
		CHECK_IS(pthread_create(&thread, &attr, wait_for_ever, NULL), 0);
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
static void without_breakpoints(int updates)
{
	int i;

	for (i = 0; i < updates; i++)
		CHECK_IS(static_call_update(op, i % 2 ? one : two), 0);
	CHECK_IS(stats().traps, 0);
}

/* Calls that cross words: the whole text changes at once. */
static void at_once(void)
{
	int i;

	for (i = 0; i < UPDATES / 50; i++) {
		CHECK_IS(static_call_update(split, i % 2 ? one : two), 0);
		call_split();
		CHECK_IS(last, i % 2 ? 1 : 2);
		if (i % 2)
			split = two;
		else
			split = one;
	}
	CHECK_IS(stats().traps, 0);
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
		without_breakpoints(UPDATES);
		at_once();
	} else if (!strcmp(what, "timer")) {
		start_timer();
		thread = start(idle);
		without_breakpoints(UPDATES);
	} else if (!strcmp(what, "io_uring")) {
		if (!start_io_uring())
			return 77;
		thread = start(idle);
		CHECK_IS(static_call_update(split, two), 0);
		call_split();
		CHECK_IS(last, 2);
	} else if (!strcmp(what, "vfork")) {
		thread = start(vfork_and_call);
		without_breakpoints(UPDATES);
	} else if (!strcmp(what, "stack")) {
		thread = start(raise_on_small_stack);
		without_breakpoints(UPDATES);
	} else if (!strcmp(what, "real-time")) {
		thread = start(raise_real_time);
		without_breakpoints(UPDATES);
	} else if (!strcmp(what, "crowd")) {
		gather_crowd();
		thread = start(execute);
		without_breakpoints(UPDATES / 20);
	} else if (!strcmp(what, "own")) {
		/* signal() has the handler run with its own signal blocked. */
		CHECK(signal(SIGTRAP, handler) != SIG_ERR);
		thread = start(idle);
		CHECK_IS(static_call_update(split, two), 0);
		call_split();
		CHECK_IS(last, 2);
	} else {
		thread = start(execute);
		if (!strcmp(what, "descriptors")) {
			exhaust_descriptors();
			without_breakpoints(UPDATES);
		} else if (!strcmp(what, "thread")) {
			without_breakpoints(UPDATES);
		} else if (!strcmp(what, "mdwe")) {
			/* PR_SET_MDWE: what has been writable never becomes executable. */
			if (prctl(65, 1, 0, 0, 0))
				return 77;
			without_breakpoints(UPDATES);
			at_once();
		} else if (!strcmp(what, "split")) {
			at_once();
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
