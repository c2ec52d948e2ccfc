/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replaced.c: a thread puts a file of the program's at the lowest free number, by dup2(), and
 * takes it away again, while another one updates: nothing is written to it.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

static int stop;

static void *update(void *unused)
{
	(void)unused;
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		op = two;
		CHECK_IS(op(1), 3);
		op = one;
		CHECK_IS(op(1), 2);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	int tries = argc > 1 ? atoi(argv[1]) : 100000, file, lowest, n, pause;
	char name[] = "/tmp/staticcall-replaced-XXXXXX";
	time_t end = time(NULL) + 10;
	struct stat st = { 0 };
	pthread_t thread;

	file = mkstemp(name);
	CHECK(file >= 0);
	unlink(name);
	lowest = dup(file);
	close(lowest);
	CHECK_IS(pthread_create(&thread, NULL, update, NULL), 0);
	for (n = 0; n < tries && !st.st_size && time(NULL) < end; n++) {
		/* EBUSY: somebody was opening a file just there, see dup2(2). */
		CHECK(dup2(file, lowest) == lowest || errno == EBUSY);
		for (pause = 0; pause < 200; pause++)
			__asm__ volatile("");
		close(lowest);
		CHECK_IS(fstat(file, &st), 0);
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(thread, NULL), 0);
	CHECK_IS(st.st_size, 0);
	return 0;
}
