/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stopwatch.h: times in nanoseconds, and what to say of many of them. */
#ifndef STOPWATCH_H
#define STOPWATCH_H

#include <stdlib.h>
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
 * median_ratio: of @ns to @base, taken at the same times; overwrites @ns.
 *
 * A machine that is slower for a while is so for both, and the ratio stays.
 */
static inline double median_ratio(double *ns, const double *base, long count)
{
	for (long i = 0; i < count; i++)
		ns[i] /= base[i];
	sort_ns(ns, count);
	return ns[count / 2];
}

#endif
