/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inherited.c HOW N: children that are forked while another thread updates have no
 * descriptor of the update's.
 *
 * fork:    none at all;
 * _Fork:   none that can be written to, and none after an update of its own.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);
DEFINE_STATIC_CALL(its, one);

static int stop;

static void *update(void *unused)
{
	(void)unused;
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		op = two;
		CHECK_IS(op(1), 3);
		op = one;
		CHECK_IS(op(1), 2);
	}
	return NULL;
}

/* How many are open, or can be written to. */
static int count(int writable)
{
	int fd, flags, n = 0;

	for (fd = 3; fd < 256; fd++) {
		flags = fcntl(fd, F_GETFL);
		n += flags != -1 && (!writable || (flags & O_ACCMODE) != O_RDONLY);
	}
	return n;
}

static int look(int handlers)
{
	if (count(!handlers))
		return 1;
	its = two;
	return count(0) ? 2 : its(1) != 3 ? 3 : 0;
}

int main(int argc, char **argv)
{
	int handlers = argc > 1 && !strcmp(argv[1], "fork");
	int times = argc > 2 ? atoi(argv[2]) : 100, n, fd, status;
	time_t end = time(NULL) + 20;
	pthread_t thread;
	pid_t pid;

	for (fd = 3; fd < 256; fd++)
		close(fd);
	CHECK_IS(pthread_create(&thread, NULL, update, NULL), 0);
	for (n = 0; n < times && time(NULL) < end; n++) {
		pid = handlers ? fork() : (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
		CHECK(pid >= 0);
		if (!pid)
			_exit(look(handlers));
		CHECK_IS(waitpid(pid, &status, 0), pid);
		CHECK_IS(status, 0);
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(thread, NULL), 0);
	return 0;
}
