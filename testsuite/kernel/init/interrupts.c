// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * interrupts.c: the interrupts, and the time, that an update of keys with many sites
 * costs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "guest.h"

/* By which processors have one another call a function, on all of them; -1: not there. */
static long interrupts(void)
{
	FILE *f = fopen("/proc/interrupts", "r");
	char line[256], *s, *end;
	long sum = -1;

	while (f && fgets(line, sizeof(line), f)) {
		if (!strstr(line, "Function call interrupts"))
			continue;
		sum = 0;
		for (s = strchr(line, ':') + 1; ; s = end) {
			long n = strtol(s, &end, 10);

			if (end == s)
				break;
			sum += n;
		}
	}
	if (f)
		fclose(f);
	return sum;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + 1e-9 * t.tv_nsec;
}

/* On x86 the preemption model is a handful of keys, with hundreds of sites. */
static void count(const char *model)
{
	long before = interrupts();
	double start = now();

	if (store("/sys/kernel/debug/sched/preempt", model) || before < 0)
		return;
	start = now() - start;
	printf("init: preempt=%s: %ld interrupts, %.1f ms: done\n", model, interrupts() - before,
	       1e3 * start);
}

void count_interrupts(void)
{
	/* Not every kernel has every model. */
	count("none");
	count("full");
	count("voluntary");
	count("lazy");
	count("full");
}
