/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ended.c HOW: there is no thread that could write for an update, with descriptors of its
 * own.  Who has asked it to does not wait for ever, and the text is as it was.
 *
 * ended:    a filter ends it;
 * refused:  there may be no more threads.
 */
#define _GNU_SOURCE
#include <pthread.h>

#include "deny.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

__attribute__((noipa)) static int call(void) { return op(1) + 100; }

static void *wait_for_ever(void *unused)
{
	for (;;)
		pause();
	return unused;
}

int main(int argc, char **argv)
{
	int refused = argc > 1 && !strcmp(argv[1], "refused");
	struct sock_filter filter[] = {
		LOAD(offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, refused ? SYS_clone : SYS_pwritev, 0, 1),
		ANSWER(refused ? SECCOMP_RET_ERRNO | EAGAIN : SECCOMP_RET_KILL_THREAD),
		YES,
	};
	pthread_t other;

	alarm(30);
	CHECK_IS(pthread_create(&other, NULL, wait_for_ever, NULL), 0);
	CHECK_IS(static_call_update(op, two), 0);
	CHECK_IS(call(), 103);

	deny_filter(filter, sizeof(filter) / sizeof(filter[0]));
	CHECK_IS(static_call_update(op, one), -EACCES);
	CHECK_IS(call(), 103);
	CHECK_IS(op(1), 3);
	op = one;
	CHECK_IS(call(), 102);
	puts("done");
	return 0;
}
