/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * other_toc.c: direct calls within a DSO only, where each has its own TOC pointer; and
 * what a caller finds by its own after a call of another DSO, or while that is unwound.
 */
#include <pthread.h>

#include "check.h"

int library_leaf(int a);
int library_reader(int a);
int library_exit(int a);

typedef int (*target)(int);

static volatile int data = 100;

__attribute__((noipa)) static int leaf(int a) { return a + 1; }
__attribute__((noipa)) static int reader(int a) { return a + data; }

DEFINE_STATIC_CALL(op, leaf);

__attribute__((noipa)) static int call(int a) { return static_call(op)(a) + data; }
__attribute__((noipa)) static int tail(int a) { return static_call(op)(a); }

static void check(int value, int patched, int state)
{
	CHECK_IS(call(7), value + data);
	CHECK_IS(tail(7), value);
	CHECK_IS(stats().patched, patched);
	CHECK_IS(site_in(call, "op").state, state);
	CHECK_IS(site_in(tail, "op").state, state);
}

static int cleaned;

static inline void clean(int *a)
{
	cleaned = *a + data;
}

static void *unwound(void *arg)
{
	__attribute__((cleanup(clean))) int a = 5;

	static_call(op)(a);
	return arg;
}

/* Unwinders know the load behind the site, and take r2 from where it was saved. */
static void check_unwinding(void)
{
	pthread_t thread;
	void *value;

	op = library_exit;
	cleaned = 0;
	CHECK_IS(pthread_create(&thread, NULL, unwound, NULL), 0);
	CHECK_IS(pthread_join(thread, &value), 0);
	CHECK_IS(value, 5);
	CHECK_IS(cleaned, 105);
}

int main(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		op = leaf;
		check(8, 3, STATIC_CALL_SITE_DIRECT);
		op = library_leaf;
		check(1007, 0, STATIC_CALL_SITE_ON_TRAMP);
		op = reader;
		check(107, 3, STATIC_CALL_SITE_DIRECT);
		op = library_reader;
		check(2007, 0, STATIC_CALL_SITE_ON_TRAMP);
		check_unwinding();
		op = NULL;
		check(7, 3, STATIC_CALL_SITE_NOP);
		op = (target)(void *)__static_call_return0;
		check(0, 3, STATIC_CALL_SITE_RET0);
	}
	return 0;
}
