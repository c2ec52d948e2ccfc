/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * traced.c: threads call through a pointer that is updated, while somebody traces them.
 */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "check.h"

#define UPDATES	500

__attribute__((noipa)) static int one(int a) { return a + 1; }
__attribute__((noipa)) static int two(int a) { return a + 2; }

static int (*op)(int) __static_call = one;

/* A tail call, and calls whose bytes cross a word where nothing is aligned. */
__attribute__((noipa)) static int jump(int a) { return op(a); }

__attribute__((noipa)) static int call(int a)
{
	int sum = 0;

	sum += op(a);
	sum += op(a);
	sum += op(a);
	return sum;
}

static int stop;

static void *execute(void *arg)
{
	int value;

	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		value = jump(1);
		CHECK(value == 2 || value == 3);
		value = call(1);
		CHECK(value >= 6 && value <= 9);
	}
	return arg;
}

int main(void)
{
	pthread_t threads[2];
	int i;

	alarm(60);
	for (i = 0; i < 2; i++)
		CHECK_IS(pthread_create(&threads[i], NULL, execute, NULL), 0);
	for (i = 0; i < UPDATES; i++) {
		op = i % 2 ? one : two;
		CHECK_IS(jump(1), i % 2 ? 2 : 3);
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	for (i = 0; i < 2; i++)
		CHECK_IS(pthread_join(threads[i], NULL), 0);
	printf("right, breakpoints met: %d\n", (int)stats().traps);
	return 0;
}
