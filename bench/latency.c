/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * latency.c: how long an update takes, beside XRay doing as much.
 *
 * Three marked pointers have 1, 100 and 10 000 sites, 32 bytes apart.  They
 * are updated in turn, and XRay patches and unpatches 10 000 sleds in between,
 * with no other thread, or with one that executes all sites and sleds all the time.
 *
 * Protocol and writer are chosen in the environment: STATICCALL_POKE, STATICCALL_WRITER.
 *
 * Prints protocol and writer, and then one line for each kind of update: its
 * name, median and least ns per update.
 */
#define _GNU_SOURCE
#include <err.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <staticcall.h>
#include "repeat.h"
#include "stopwatch.h"

#define SITES	(1 + 100 + 10000)

int __xray_patch(void);
int __xray_unpatch(void);
#define XRAY_SUCCESS	1	/* XRayPatchingStatus in xray_interface.h */

/* The functions of sleds.c: two sleds each. */
extern int (*const sleds[])(int);
#define SLEDS	5000

static int add_one(int x) { return x + 1; }
static int add_two(int x) { return x + 2; }
static int (*const targets[2])(int) = { add_two, add_one };

static int (*fp1)(int) __static_call = add_one;
static int (*fp100)(int) __static_call = add_one;
static int (*fp10000)(int) __static_call = add_one;

/* To be compiled with -fno-ipa-icf: else they are all found to be the same one. */
#define SITE(pointer, n)						\
	__attribute__((noinline, aligned(32)))				\
	static int pointer##_site_##n(int x) { return -pointer(x); }
#define SITE_1(n)	SITE(fp1, n)
#define SITE_100(n)	SITE(fp100, n)
#define SITE_10000(n)	SITE(fp10000, n)

SITE_1(0)
TIMES100(SITE_100, 1)
TIMES10000(SITE_10000)

#define NAME_1(n)	fp1_site_##n,
#define NAME_100(n)	fp100_site_##n,
#define NAME_10000(n)	fp10000_site_##n,

static int (*const callers[SITES])(int) = {
	NAME_1(0) TIMES100(NAME_100, 1) TIMES10000(NAME_10000)
};

static volatile int stop;
static volatile long calls;

/* Each call must find the old target or the new one. */
static void *keep_calling(void *unused)
{
	(void)unused;
	while (!stop) {
		for (int i = 0; i < SITES; i++) {
			int result = callers[i](0);

			if (result != -1 && result != -2)
				errx(1, "site %d returned %d", i, result);
			calls++;
		}
		for (int i = 0; i < SLEDS; i++) {
			sleds[i](0);
			calls++;
		}
	}
	return NULL;
}

static void succeed(int ret)
{
	if (ret)
		errx(1, "the update failed: %s", strerror(-ret));
}

static void update1(long i)	{ succeed(static_call_update(fp1, targets[i % 2])); }
static void update100(long i)	{ succeed(static_call_update(fp100, targets[i % 2])); }
static void update10000(long i)	{ succeed(static_call_update(fp10000, targets[i % 2])); }

static void xray_patch(long i)
{
	(void)i;
	if (__xray_patch() != XRAY_SUCCESS)
		errx(1, "XRay cannot patch");
}

static void xray_unpatch(long i)
{
	(void)i;
	if (__xray_unpatch() != XRAY_SUCCESS)
		errx(1, "XRay cannot unpatch");
}

/* @repeat: how many a round, so that a short one is not always met cold. */
static struct kind {
	const char *name;
	void (*update)(long i);
	int repeat;
	double *ns;
	long count;
} kinds[] = {
	{ "1", update1, 20, NULL, 0 },
	{ "100", update100, 10, NULL, 0 },
	{ "10000", update10000, 2, NULL, 0 },
	{ "xray-patch", xray_patch, 1, NULL, 0 },
	{ "xray-unpatch", xray_unpatch, 1, NULL, 0 },
};
#define KINDS	(int)(sizeof(kinds) / sizeof(kinds[0]))

/* On a busy machine the other thread may be waiting, and then costs nothing. */
static void wait_until_it_runs(void)
{
	long before = calls;

	while (calls == before)
		;
}

static void run(struct kind *kind, int threaded)
{
	for (int i = 0; i < kind->repeat; i++) {
		double start;

		if (threaded)
			wait_until_it_runs();
		start = now_ns();
		kind->update(kind->count);
		kind->ns[kind->count++] = now_ns() - start;
	}
}

/* Two threads on two processors, if there are: on one, an update interrupts nobody. */
static void move_to_processor(pthread_t thread, int which)
{
	cpu_set_t allowed, one;
	int cpu;

	sched_getaffinity(0, sizeof(allowed), &allowed);
	if (CPU_COUNT(&allowed) < 2)
		return;
	for (cpu = 0; !CPU_ISSET(cpu, &allowed) || which--; cpu++)
		;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	if (pthread_setaffinity_np(thread, sizeof(one), &one))
		errx(1, "cannot choose a processor");
}

/* A site that is not patched costs nothing to update: refuse to time that. */
static void check_patched(void)
{
	struct static_call_stats stats;

	if (static_call_stats(&stats) || stats.patched != SITES)
		errx(1, "%llu sites are patched, not %d; STATICCALL_DEBUG=1 may say why",
		     (unsigned long long)stats.patched, SITES);
	printf("poke %s\nwriter %s\n", stats.poke, stats.writer);
}

int main(int argc, char **argv)
{
	int rounds = argc == 3 ? atoi(argv[1]) : 0;
	int threaded = argc == 3 && atoi(argv[2]);
	pthread_t thread;

	if (rounds <= 0)
		errx(1, "usage: latency ROUNDS THREADED");
	check_patched();
	for (int i = 0; i < KINDS; i++) {
		kinds[i].ns = calloc(rounds * kinds[i].repeat, sizeof(double));
		if (!kinds[i].ns)
			err(1, "cannot keep %d rounds", rounds);
	}

	if (threaded) {
		if (pthread_create(&thread, NULL, keep_calling, NULL))
			errx(1, "cannot create a thread");
		move_to_processor(thread, 1);
		move_to_processor(pthread_self(), 0);
	}
	for (int round = 0; round < rounds; round++)
		for (int i = 0; i < KINDS; i++)
			run(&kinds[i], threaded);
	stop = 1;
	if (threaded)
		pthread_join(thread, NULL);

	for (int i = 0; i < KINDS; i++) {
		sort_ns(kinds[i].ns, kinds[i].count);
		printf("%s %g %g\n", kinds[i].name, kinds[i].ns[kinds[i].count / 2],
		       kinds[i].ns[0]);
	}
	return 0;
}
