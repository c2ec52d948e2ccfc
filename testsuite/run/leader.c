/* SPDX-License-Identifier: GPL-2.0-or-later */
/* leader.c: updates go on after main() has left by pthread_exit(). */
#include <pthread.h>
#include <unistd.h>

#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

__attribute__((noipa)) static int call(void) { return op(1) + 100; }

static void *rest(void *leader)
{
	CHECK_IS(pthread_join(*(pthread_t *)leader, NULL), 0);
	/* The thread itself ends a little later than can be joined. */
	usleep(50000);
	CHECK_IS(static_call_update(op, two), 0);
	CHECK_IS(call(), 103);
	CHECK_IS(site_in(call, "op").state, STATIC_CALL_SITE_DIRECT);
	op = one;
	CHECK_IS(call(), 102);
	puts("done");
	exit(0);
}

int main(void)
{
	static pthread_t leader;
	pthread_t thread;

	leader = pthread_self();
	CHECK_IS(call(), 102);
	CHECK_IS(pthread_create(&thread, NULL, rest, &leader), 0);
	pthread_exit(NULL);
}
