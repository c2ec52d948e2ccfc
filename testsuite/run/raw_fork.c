/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * raw_fork.c KIND FORKS: children that no fork handler knows of, made while another
 * thread updates.  What they find half done they carry out, and nothing hangs.
 *
 * KIND is how: "system" call, "_Fork", "handler" (forked in a signal handler that has
 * interrupted a thread that waits for its turn), "thread" (the child starts one).
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "deny.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

#define CALLERS	64
#define CALL(n)	__attribute__((noipa)) static int call##n(int a) { return op(a) + 100; }
#define FOUR(what, n)	what(n##0) what(n##1) what(n##2) what(n##3)
#define ALL(what)	FOUR(what, 10) FOUR(what, 11) FOUR(what, 12) FOUR(what, 13)	\
			FOUR(what, 20) FOUR(what, 21) FOUR(what, 22) FOUR(what, 23)	\
			FOUR(what, 30) FOUR(what, 31) FOUR(what, 32) FOUR(what, 33)	\
			FOUR(what, 40) FOUR(what, 41) FOUR(what, 42) FOUR(what, 43)
ALL(CALL)
#define NAME(n)	call##n,
static int (*const callers[CALLERS])(int) = { ALL(NAME) };

static int stop;
static unsigned long updates;

static void check_calls(int value)
{
	int i, found;

	for (i = 0; i < CALLERS; i++) {
		found = callers[i](1) - 100;
		if (value)
			CHECK_IS(found, value);
		else
			CHECK(found == 2 || found == 3);
	}
}

static void *update(void *arg)
{
	for (; !__atomic_load_n(&stop, __ATOMIC_RELAXED); updates++)
		CHECK_IS(static_call_update(op, updates % 2 ? one : two), 0);
	return arg;
}

static void *call(void *arg)
{
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
		check_calls(0);
	return arg;
}

/* Text is as it was: nothing is writable and executable. */
static void check_maps(void)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[512];

	CHECK(maps);
	while (fgets(line, sizeof(line), maps))
		CHECK(!strstr(line, " rwx"));
	CHECK_IS(fclose(maps), 0);
}

static void *update_once(void *arg)
{
	op = two;
	check_calls(3);
	return arg;
}

static void child(int by_thread)
{
	pthread_t thread;
	int i;

	alarm(30);
	check_calls(0);
	if (by_thread) {
		CHECK_IS(pthread_create(&thread, NULL, update_once, NULL), 0);
		CHECK_IS(pthread_join(thread, NULL), 0);
	}
	for (i = 0; i < 4; i++) {
		CHECK_IS(static_call_update(op, i % 2 ? one : two), 0);
		check_calls(i % 2 ? 2 : 3);
		if (!i)
			check_maps();
	}
	_exit(0);
}

static void reap(pid_t pid)
{
	int status;

	CHECK(pid > 0);
	CHECK_IS(waitpid(pid, &status, 0), pid);
	CHECK_IS(status, 0);
}

static pid_t system_call(void)
{
#ifdef SYS_fork
	return syscall(SYS_fork);
#else
	return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
#endif
}

/* In the child the interrupted thread goes on with its update when this returns. */
static volatile sig_atomic_t forked, is_child;

static void on_signal(int sig)
{
	pid_t pid = system_call();

	(void)sig;
	if (!pid) {
		alarm(30);
		is_child = 1;
		return;
	}
	reap(pid);
	forked++;
}

static void *wait_and_fork(void *arg)
{
	unsigned long n = *(unsigned long *)arg;

	while (forked < (long)n) {
		CHECK_IS(static_call_update(op, two), 0);
		if (is_child) {
			CHECK_IS(static_call_update(op, two), 0);
			check_calls(3);
			_exit(0);
		}
	}
	return NULL;
}

static void fork_in_handlers(unsigned long n)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	pthread_t thread;
	unsigned long sent;

	CHECK_IS(sigaction(SIGUSR1, &action, NULL), 0);
	CHECK_IS(pthread_create(&thread, NULL, wait_and_fork, &n), 0);
	for (sent = 1; sent <= n; sent++) {
		CHECK_IS(pthread_kill(thread, SIGUSR1), 0);
		while (forked < (long)sent)
			usleep(100);
	}
	CHECK_IS(pthread_join(thread, NULL), 0);
}

int main(int argc, char **argv)
{
	const char *kind = argc > 1 ? argv[1] : "";
	unsigned long n = argc > 2 ? strtoul(argv[2], NULL, 10) : 100, i;
	pthread_t updater, caller;
	pid_t pid;

	CHECK_IS(pthread_create(&updater, NULL, update, NULL), 0);
	CHECK_IS(pthread_create(&caller, NULL, call, NULL), 0);
	if (!strcmp(kind, "handler")) {
		fork_in_handlers(n);
	} else {
		for (i = 0; i < n; i++) {
			pid = !strcmp(kind, "system") ? system_call() : _Fork();
			if (!pid)
				child(!strcmp(kind, "thread"));
			reap(pid);
		}
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(updater, NULL), 0);
	CHECK_IS(pthread_join(caller, NULL), 0);
	printf("%lu forks during %lu updates\n", n, updates);
	return 0;
}
