/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * errno.c: no function of the library changes errno, even where it has to wait:
 * for the lock, which other threads hold, and for a thread that has SIGTRAP blocked.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "check.h"

struct ops {
	int (*get)(int);
};

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);
DEFINE_STATIC_CALL(other, one);
static struct ops ops __static_call = { one };
static const struct ops ops_one = { one }, ops_two = { two };

__attribute__((noipa)) static int call(void) { return op(1) + other(1) + ops.get(1); }

static int stop;

static void *update_other(void *unused)
{
	(void)unused;
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		static_call_update(other, two);
		static_call_update(other, one);
	}
	return NULL;
}

static void *block_all(void *unused)
{
	sigset_t all;

	(void)unused;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, NULL);
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
		usleep(1000);
	return NULL;
}

static int look(const struct static_call_site_info *info, void *unused)
{
	(void)info;
	(void)unused;
	return 0;
}

#define KEEPS(statement)						\
	do {								\
		errno = 77;						\
		statement;						\
		CHECK_IS(errno, 77);					\
	} while (0)

int main(int argc, char **argv)
{
	int blocks = argc > 1 && !strcmp(argv[1], "blocked"), rounds = blocks ? 2 : 2000, i;
	struct static_call_batch *batch;
	struct static_call_stats now;
	pthread_t thread;

	CHECK_IS(pthread_create(&thread, NULL, blocks ? block_all : update_other, NULL), 0);
	usleep(10000);
	for (i = 0; i < rounds; i++) {
		KEEPS(op = two);
		KEEPS(op = one);
		KEEPS(static_call_update(op, two));
		KEEPS(ops = ops_two);
		KEEPS(ops = ops_one);
		KEEPS(batch = static_call_batch_begin());
		KEEPS(static_call_batch_update(batch, op, one));
		KEEPS(static_call_batch_commit(batch));
		KEEPS(batch = static_call_batch_begin());
		KEEPS(static_call_batch_abort(batch));
		KEEPS(static_call_stats(&now));
		KEEPS(static_call_for_each_site(look, NULL));
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(thread, NULL), 0);
	KEEPS(static_call_seal());
	KEEPS(static_call_update(op, two));
	CHECK(call() > 0);
	return 0;
}
