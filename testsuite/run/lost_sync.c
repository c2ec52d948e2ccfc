/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lost_sync.c WHAT: the process is not registered with membarrier() any more, as
 * after a checkpoint and its restoration, from the first call on, the second, ...
 *
 * again:    it can be registered again;
 * for-good: it cannot.  Then an update fails, and calls reach the old target.
 *
 * Linked statically with --wrap=__static_call_syscall, to forget.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/membarrier.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "check.h"
#include "syscall.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

__attribute__((noipa)) static int call(void) { return op(1) + 100; }

/* How many synchronizations still succeed; how many have failed. */
static int good = -1, failed;
static int for_good;

SYSCALL(number, a)
{
	if (number == SYS_membarrier && good >= 0) {
		if (a[0] == MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE) {
			if (for_good) {
				return -EPERM;
			}
			good = -1;
		}
		if (a[0] == MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE && !a[1] && !good--) {
			good = 0;
			failed++;
			return -EPERM;
		}
	}
	return real_syscall(number, a);
}

/* Who is alone would need no synchronization. */
static void *wait_for_end(void *unused)
{
	(void)unused;
	for (;;)
		pause();
	return NULL;
}

int main(int argc, char **argv)
{
	int n, err, times = 0;
	pthread_t other;

	CHECK_IS(pthread_create(&other, NULL, wait_for_end, NULL), 0);
	for_good = argc > 1 && !strcmp(argv[1], "for-good");
	for (n = 0; n < 10; n++) {
		good = n;
		failed = 0;
		err = static_call_update(op, two);
		CHECK_IS(err, for_good && failed ? -EACCES : 0);
		times += failed != 0;
		good = -1;
		CHECK_IS(call(), err ? 102 : 103);
		CHECK(static_call_query(op) == (err ? one : two));
		/* All is well again. */
		CHECK_IS(static_call_update(op, two), 0);
		CHECK_IS(call(), 103);
		CHECK_IS(site_in(call, "op").state, STATIC_CALL_SITE_DIRECT);
		CHECK_IS(static_call_update(op, one), 0);
		CHECK_IS(call(), 102);
	}
	printf("%d\n", times);
	return 0;
}
