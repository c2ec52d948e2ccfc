/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * raw_thread.c N [process]: a thread, or a process in the same memory, that clone(2) has made
 * without a thread pointer of its own shares the thread-local variables, and so errno, of
 * its maker.  Both update, N times.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(mine, one);
DEFINE_STATIC_CALL(its, one);

__attribute__((noipa)) static int call_mine(void) { return mine(1) + 100; }
__attribute__((noipa)) static int call_its(void) { return its(1) + 100; }

static int times, wrong, done;
static char stack[1 << 16] __attribute__((aligned(64)));

/* It leaves by the system call: what libc does then is for threads of its own. */
static int run(void *unused)
{
	int n;

	(void)unused;
	for (n = 0; n < times && !__atomic_load_n(&done, __ATOMIC_RELAXED); n++) {
		its = two;
		wrong += call_its() != 103;
		its = one;
		wrong += call_its() != 102;
	}
	__atomic_store_n(&done, 1, __ATOMIC_SEQ_CST);
	for (;;)
		syscall(SYS_exit, 0);
	return 0;
}

int main(int argc, char **argv)
{
	const int flags = argc > 2 ? CLONE_VM | SIGCHLD :
			  CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD |
			  CLONE_SYSVSEM;
	time_t end = time(NULL) + 20;

	times = argc > 1 ? atoi(argv[1]) : 1000;
	CHECK(clone(run, stack + sizeof(stack), flags, NULL) > 0);
	errno = 77;
	while (!__atomic_load_n(&done, __ATOMIC_RELAXED) && time(NULL) < end) {
		mine = two;
		CHECK_IS(call_mine(), 103);
		mine = one;
		CHECK_IS(call_mine(), 102);
		CHECK_IS(errno, 77);
	}
	CHECK(__atomic_load_n(&done, __ATOMIC_SEQ_CST));
	CHECK_IS(wrong, 0);
	CHECK_IS(call_its(), 102);
	return 0;
}
