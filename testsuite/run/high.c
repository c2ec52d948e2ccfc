/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * high.c: a program one segment of which lies far above the others, and all libraries in
 * between.  Breakpoints in one of them are that one's, met by a thread of the program's; and
 * the pointer of another one, which knows nothing of static calls, is not the program's.
 *
 * With -DPLAIN it is that library.
 */
#include "stranger.h"

static int one(int a) { return a + 1; }

#ifdef PLAIN

int (*stranger)(int) = one;

void set_unseen(void);
void set_unseen(void) { stranger = one; }

#else

#include <pthread.h>

__attribute__((section(".high,\"aw\",@progbits#"), used)) int high[1024] = { 1 };

void set_unseen(void);
int call_private(void);
int set_private(int to_eight);

static int two(int a) { return a + 2; }

static int (*own)(int) __static_call = one;
static int stop;

static void *call(void *arg)
{
	int value;

	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		value = call_private();
		CHECK(value == 107 || value == 108);
	}
	return arg;
}

static void meet_breakpoints(void)
{
	pthread_t thread;
	int i;

	CHECK_IS(pthread_create(&thread, NULL, call, NULL), 0);
	for (i = 0; i < 50000 && stats().traps < 10; i++) {
		CHECK_IS(set_private(i % 2), 0);
		own = i % 2 ? two : one;
		CHECK_IS(own(1), i % 2 ? 3 : 2);
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(thread, NULL), 0);
}

int main(void)
{
	CHECK_IS(stranger(1), 2);
	stranger = two;
	CHECK_IS(stranger(1), 3);
	set_unseen();
	CHECK_IS(stranger(1), 2);
	meet_breakpoints();
	return 0;
}

#endif
