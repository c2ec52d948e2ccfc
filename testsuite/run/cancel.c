/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cancel.c: a thread that is cancelled leaves no update half done. */
#include <pthread.h>
#include <sched.h>

#include "check.h"

#define ROUNDS	300

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

static DEFINE_STATIC_CALL(op, one);

__attribute__((noipa)) static int call(void) { return op(1); }

static int busy;

/* For ever: what ends it is a cancellation point outside of the library. */
static void *updates(void *arg)
{
	unsigned int i;

	(void)arg;
	for (i = 0;; i++) {
		if (static_call_update(op, i & 1 ? one : two))
			return "update failed";
		__atomic_store_n(&busy, 1, __ATOMIC_RELAXED);
		pthread_testcancel();
	}
}

int main(void)
{
	pthread_t thread;
	void *result;
	int round;

	for (round = 0; round < ROUNDS; round++) {
		busy = 0;
		CHECK_IS(pthread_create(&thread, NULL, updates, NULL), 0);
		while (!__atomic_load_n(&busy, __ATOMIC_RELAXED))
			sched_yield();
		CHECK_IS(pthread_cancel(thread), 0);
		CHECK_IS(pthread_join(thread, &result), 0);
		CHECK(result == PTHREAD_CANCELED);

		CHECK_IS(call(), static_call_query(op)(1));
		CHECK_IS(static_call_update(op, round & 1 ? two : one), 0);
		CHECK_IS(call(), round & 1 ? 3 : 2);
	}
	return 0;
}
