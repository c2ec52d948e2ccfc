/* SPDX-License-Identifier: GPL-2.0-or-later */
/* calls.h: one loop for each kind of call, and what it costs. */
#ifndef CALLS_H
#define CALLS_H

#include "stopwatch.h"

/*
 * struct call_kind: a kind of call.
 * @loop: calls the target @n times, each time with the last result.
 * @ns:   per call; the ratio is to the first kind.
 */
struct call_kind {
	const char *name;
	const char *path;
	int (*loop)(int x, long n);
	struct summary ns;
};

extern struct call_kind call_kinds[];
extern const int call_kinds_count;

/*
 * measure_calls: fill in what every kind costs.
 *
 * The kinds take turns, @rounds times, so that whatever else the machine does
 * falls on all of them alike.
 */
void measure_calls(int rounds, long calls_per_round);

#endif
