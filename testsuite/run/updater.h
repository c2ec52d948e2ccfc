/* SPDX-License-Identifier: GPL-2.0-or-later */
/* updater.h: a thread that updates without a pause, until the program has seen enough. */
#ifndef UPDATER_H
#define UPDATER_H

#include <pthread.h>

#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

static int updater_done;
static pthread_t updater;

static void *updater_run(void *unused)
{
	(void)unused;
	while (!__atomic_load_n(&updater_done, __ATOMIC_RELAXED)) {
		op = two;
		CHECK_IS(op(1), 3);
		op = one;
		CHECK_IS(op(1), 2);
	}
	return NULL;
}

static void updater_start(void)
{
	CHECK_IS(pthread_create(&updater, NULL, updater_run, NULL), 0);
}

static void updater_end(void)
{
	__atomic_store_n(&updater_done, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(updater, NULL), 0);
}

#endif
