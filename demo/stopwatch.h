/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stopwatch.h: times in nanoseconds, and what to say of many of them. */
#ifndef STOPWATCH_H
#define STOPWATCH_H

#include <stdlib.h>
#include <string.h>
#include <time.h>

static inline double now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

static inline int compare_ns(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* sort_ns: then ns[0] is the least of @count times and ns[count / 2] their median. */
static inline void sort_ns(double *ns, long count)
{
	qsort(ns, count, sizeof(*ns), compare_ns);
}

/*
 * struct summary: of many rounds.
 * @ratio: the median of the ratios to another thing measured in the same rounds.
 *	   A machine that is slower for a while is so for both.
 */
struct summary {
	double median, best, ratio;
};

static inline struct summary summarize(const double *ns, const double *base, long rounds)
{
	double sorted[rounds];
	struct summary s;

	memcpy(sorted, ns, sizeof(sorted));
	sort_ns(sorted, rounds);
	s.median = sorted[rounds / 2];
	s.best = sorted[0];
	for (long i = 0; i < rounds; i++)
		sorted[i] = ns[i] / base[i];
	sort_ns(sorted, rounds);
	s.ratio = sorted[rounds / 2];
	return s;
}

#endif
