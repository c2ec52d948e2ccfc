/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * setxid.c: threads change the user of the process, for which libc interrupts all of them
 * and waits, while others update and fork.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

#define ROUNDS	200

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

__attribute__((noipa)) static int call(int a) { return op(a) + 100; }

static int stop;

static void *change_user(void *arg)
{
	uid_t user = getuid();

	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
		CHECK_IS(setresuid(user, user, user), 0);
	return arg;
}

static void *update(void *arg)
{
	unsigned long i;

	for (i = 0; !__atomic_load_n(&stop, __ATOMIC_RELAXED); i++)
		CHECK_IS(static_call_update(op, i % 2 ? one : two), 0);
	return arg;
}

static void fork_once(void)
{
	pid_t pid = fork();
	int status;

	CHECK(pid >= 0);
	if (!pid) {
		op = two;
		_exit(call(1) != 103);
	}
	CHECK_IS(waitpid(pid, &status, 0), pid);
	CHECK_IS(status, 0);
}

int main(void)
{
	pthread_t changer, updater;
	int i;

	alarm(50);
	CHECK_IS(pthread_create(&changer, NULL, change_user, NULL), 0);
	CHECK_IS(pthread_create(&updater, NULL, update, NULL), 0);
	for (i = 0; i < ROUNDS; i++)
		fork_once();
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(changer, NULL), 0);
	CHECK_IS(pthread_join(updater, NULL), 0);
	op = two;
	CHECK_IS(call(1), 103);
	return 0;
}
