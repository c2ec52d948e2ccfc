/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * jail.c FOLDER KIND [DENIED]: chroot to a folder in which something stands for /proc.
 *
 * file: a file;  pipe: a pipe;  other: the real one, but of another process that is
 * like this one;  stranger: of one that is not;  proc: the real one.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "deny.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

__attribute__((noipa)) static int call(void) { return op(1) + 100; }

/* A child that has the same at the same addresses. */
static pid_t twin(void)
{
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (!pid) {
		/* Not for long: a test that fails leaves it behind. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		alarm(10);
		pause();
		_exit(call() == 102 ? 0 : 1);
	}
	return pid;
}

static void set_up(const char *kind, pid_t pid)
{
	char path[64];

	CHECK(!mkdir("proc", 0755) && !mkdir("proc/thread-self", 0755));
	CHECK_IS(symlink("thread-self", "proc/self"), 0);
	if (!strcmp(kind, "proc")) {
		CHECK_IS(mount("/proc", "proc", NULL, MS_BIND | MS_REC, NULL), 0);
	} else if (!strcmp(kind, "other") || !strcmp(kind, "stranger")) {
		pid = strcmp(kind, "other") ? getppid() : pid;
		snprintf(path, sizeof(path), "/proc/%d/task/%d", (int)pid, (int)pid);
		CHECK_IS(mount(path, "proc/thread-self", NULL, MS_BIND, NULL), 0);
	} else if (!strcmp(kind, "pipe")) {
		CHECK_IS(mkfifo("proc/thread-self/mem", 0600), 0);
		CHECK_IS(mkfifo("proc/thread-self/maps", 0600), 0);
	} else {
		CHECK(open("proc/thread-self/mem", O_CREAT | O_RDWR, 0600) >= 0);
		CHECK(open("proc/thread-self/maps", O_CREAT | O_RDWR, 0600) >= 0);
	}
}

int main(int argc, char **argv)
{
	int err, real = argc > 2 && !strcmp(argv[2], "proc"), status;
	pid_t pid = twin();

	CHECK(argc > 2);
	if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("none", argv[1], "tmpfs", 0, NULL)) {
		printf("cannot mount\n");
		return 0;
	}
	CHECK_IS(chdir(argv[1]), 0);
	set_up(argv[2], pid);
	CHECK_IS(chroot("."), 0);

	err = static_call_update(op, two);
	CHECK(!real || !err);
	CHECK_IS(call(), err ? 102 : 103);
	CHECK(static_call_query(op) == (err ? one : two));
	CHECK_IS(static_call_update(op, one), 0);
	CHECK_IS(call(), 102);

	/* An assignment goes on as in plain C. */
	if (argc > 3)
		deny(argv[3]);
	op = two;
	CHECK_IS(call(), 103);
	CHECK_IS(site_in(call, "op").state, STATIC_CALL_SITE_DIRECT);
	op = one;
	CHECK_IS(call(), 102);

	kill(pid, SIGKILL);
	CHECK_IS(waitpid(pid, &status, 0), pid);
	printf("%d\n", err);
	return 0;
}
