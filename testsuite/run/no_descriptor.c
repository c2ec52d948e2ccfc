/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * no_descriptor.c [DENIED]: updates go on when every descriptor is in use, and leave
 * all of them alone.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "deny.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

__attribute__((noipa)) static int call(void) { return op(1) + 100; }

/* Has a call that is patched reached the new target? */
static void check(int value)
{
	CHECK_IS(call(), value);
	CHECK_IS(site_in(call, "op").state, STATIC_CALL_SITE_DIRECT);
}

/* Who had one thread has it again at once; an emulator has more of its own. */
static int one_thread;

static void check_updates(void)
{
	int i;

	for (i = 0; i < 20; i++) {
		CHECK_IS(static_call_update(op, two), 0);
		check(103);
		op = one;
		CHECK(!one_thread || !unshare(CLONE_THREAD));
		check(102);
	}
}

int main(int argc, char **argv)
{
	struct rlimit limit = { 64, 64 };
	int fd, status, count = 0;
	struct stat before, after;
	pid_t pid;

	one_thread = !unshare(CLONE_THREAD);
	if (argc > 1)
		deny(argv[1]);
	CHECK_IS(setrlimit(RLIMIT_NOFILE, &limit), 0);
	while ((fd = open("/dev/null", O_RDONLY)) >= 0)
		count++;
	CHECK(count > 32);
	CHECK_IS(fstat(0, &before), 0);
	check_updates();

	pid = fork();
	CHECK(pid >= 0);
	if (!pid) {
		check_updates();
		op = two;
		_exit(0);
	}
	CHECK_IS(waitpid(pid, &status, 0), pid);
	CHECK_IS(status, 0);
	check(102);

	/* All are there, and no more. */
	CHECK_IS(fstat(0, &after), 0);
	CHECK(before.st_ino == after.st_ino && before.st_dev == after.st_dev);
	CHECK_IS(open("/dev/null", O_RDONLY), -1);
	CHECK_IS(close(40), 0);
	CHECK_IS(open("/dev/null", O_RDONLY), 40);
	puts("done");
	return 0;
}
