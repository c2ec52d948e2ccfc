/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * numbers.c: what an update opens is nowhere where another thread puts a file of its own.
 *
 * What is read does not stay at the lowest number, which open() would give.  What is
 * written to is opened, and used, by a thread alone that has a table of its own.
 *
 * Linked statically with --wrap=__static_call_syscall, to look.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "check.h"
#include "syscall.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

__attribute__((noipa)) static int call(void) { return op(1) + 100; }

/* Something of the program's. */
#define OPEN	40

static long lowest = -1, me;
static unsigned int reads, moves, writes;

SYSCALL(number, args)
{
	int mine = me && syscall(SYS_gettid) == me;
	long result = real_syscall(number, args);

	if (!mine) {
		writes += me && number == SYS_pwritev;
		/* It does not hold open what the program closes. */
		if (me && number == SYS_openat)
			CHECK_IS(syscall(SYS_fcntl, OPEN, F_GETFL), -1);
		return result;
	}
	CHECK(number != SYS_pwritev);
	if (number == SYS_openat && result >= 0) {
		CHECK_IS(lowest, -1);
		CHECK_IS(args[2] & O_ACCMODE, O_RDONLY);
		CHECK(args[2] & O_CLOEXEC);
		lowest = result;
		reads++;
	} else if (number == SYS_fcntl && args[1] != F_GETFL) {
		CHECK_IS(args[0], lowest);
		CHECK_IS(args[1], F_DUPFD_CLOEXEC);
		/* Without a larger table. */
		CHECK(result > lowest && result < 8 * (long)sizeof(long));
		moves++;
	} else if (number == SYS_close && args[0] == lowest) {
		lowest = -1;
	} else if (number == SYS_ioctl || number == SYS_preadv || number == SYS_getdents64) {
		CHECK_IS(lowest, -1);
	}
	return result;
}

static int started, stop;

static void *other(void *unused)
{
	(void)unused;
	__atomic_store_n(&started, 1, __ATOMIC_RELAXED);
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
		usleep(1000);
	return NULL;
}

int main(void)
{
	int mem = !strcmp(stats().writer, "mem");
	pthread_t thread;
	int i;

	CHECK_IS(dup2(STDERR_FILENO, OPEN), OPEN);
	CHECK_IS(pthread_create(&thread, NULL, other, NULL), 0);
	/* A thread that begins has all signals blocked. */
	for (i = 0; i < 10000 && !__atomic_load_n(&started, __ATOMIC_RELAXED); i++)
		usleep(1000);
	me = gettid();
	for (i = 0; i < 10; i++) {
		op = two;
		CHECK_IS(call(), 103);
		op = one;
		CHECK_IS(call(), 102);
	}
	me = 0;
	CHECK(mem || reads >= 20);
	CHECK_IS(moves, reads);
	CHECK(mem ? writes >= 20 : !writes);
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(thread, NULL), 0);
	return 0;
}
