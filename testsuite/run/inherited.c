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
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "updater.h"

DEFINE_STATIC_CALL(its, one);

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
	pid_t pid;

	for (fd = 3; fd < 256; fd++)
		close(fd);
	updater_start();
	for (n = 0; n < times && time(NULL) < end; n++) {
		pid = handlers ? fork() : (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
		CHECK(pid >= 0);
		if (!pid)
			_exit(look(handlers));
		CHECK_IS(waitpid(pid, &status, 0), pid);
		CHECK_IS(status, 0);
	}
	updater_end();
	return 0;
}
