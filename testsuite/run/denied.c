/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * denied.c WHAT [DENIED [OTHER]]: what updates do in a process that may not change its
 * text, from the start (DENY in the environment) or from the middle of main().  With OTHER
 * there is another thread.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>

#include "deny.h"

struct ops {
	int (*get)(int);
	int (*put)(int);
};

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);
DEFINE_STATIC_CALL(op2, one);
/* On its trampoline, as it is NULL. */
static int (*loose)(int) __static_call;
/* Nobody calls it. */
static int (*uncalled)(int) __static_call;
static struct ops ops __static_call = { one, one };
static const struct ops ops_two = { two, two };

__attribute__((noipa)) static int call(void) { return op(1) + 100; }
__attribute__((noipa)) static int call2(void) { return op2(1) + 100; }
__attribute__((noipa)) static int call_ops(void) { return ops.get(1) + ops.put(1); }

static int batch(int (*func)(int))
{
	struct static_call_batch *batch = static_call_batch_begin();

	CHECK_IS(static_call_batch_update(batch, op, func), 0);
	CHECK_IS(static_call_batch_update(batch, op2, func), 0);
	return static_call_batch_commit(batch);
}

__attribute__((noipa, used)) static int call_loose(void) { return loose(1) + 100; }

/* What is on its trampoline could change, what is patched cannot: together neither does. */
static void check_mixed(void)
{
	struct static_call_batch *batch;
	int last;

	for (last = 0; last < 2; last++) {
		batch = static_call_batch_begin();
		CHECK_IS(static_call_batch_update(batch, uncalled, two), 0);
		if (last)
			CHECK_IS(static_call_batch_update(batch, op, two), 0);
		CHECK_IS(static_call_batch_update(batch, loose, two), 0);
		if (!last)
			CHECK_IS(static_call_batch_update(batch, op, two), 0);
		CHECK_IS(static_call_batch_commit(batch), -EACCES);
		CHECK(static_call_query(op) == one && !static_call_query(loose) &&
		      !static_call_query(uncalled));
		CHECK_IS(call(), 102);
	}
}

/* Whatever is denied: updates that are said to work do. */
static void check_working(void)
{
	CHECK_IS(static_call_update(op, two), 0);
	CHECK_IS(call(), 103);
	CHECK_IS(batch(one), 0);
	CHECK_IS(call() + call2(), 204);
	op2 = two;
	CHECK_IS(call2(), 103);
	ops = ops_two;
	CHECK_IS(call_ops(), 6);
}

/* Nothing can be written any more: an update says so, and nothing has changed. */
static void check_refused(void)
{
	CHECK_IS(static_call_update(op, two), -EACCES);
	CHECK(static_call_query(op) == one);
	CHECK_IS(call(), 102);
	check_mixed();
	CHECK_IS(batch(two), -EACCES);
	CHECK(static_call_query(op) == one && static_call_query(op2) == one);
	CHECK_IS(call() + call2(), 204);
	CHECK_IS(site_in(call, "op").state, STATIC_CALL_SITE_DIRECT);
	/* To what it is already, it can be set. */
	CHECK_IS(static_call_update(op, one), 0);
}

static void *wait_for_end(void *unused)
{
	(void)unused;
	for (;;)
		pause();
	return NULL;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	pthread_t other;

	CHECK_IS(call(), 102);
	if (argc > 3)
		CHECK_IS(pthread_create(&other, NULL, wait_for_end, NULL), 0);
	if (argc > 2)
		deny(argv[2]);
	if (!strcmp(what, "works")) {
		check_working();
	} else if (!strcmp(what, "refused")) {
		check_refused();
	} else if (!strcmp(what, "store")) {
		op = two;
		/* Never reached unless it is true. */
		CHECK_IS(call(), 103);
		CHECK_IS(site_in(call, "op").state, STATIC_CALL_SITE_DIRECT);
	} else if (!strcmp(what, "aggregate")) {
		ops = ops_two;
		CHECK_IS(call_ops(), 6);
	} else {
		return 2;
	}
	printf("%s %s %d\n", stats().poke, stats().writer, (int)stats().patched);
	return 0;
}
