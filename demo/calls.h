/* SPDX-License-Identifier: GPL-2.0-or-later */
/* calls.h: one loop for each kind of call, and a stopwatch for them. */
#ifndef CALLS_H
#define CALLS_H

/*
 * struct call_kind: a kind of call, and what it was measured to cost.
 * @loop:   calls the target @n times, each time with the last result.
 * @median: ns per call, over all rounds.
 * @best:   ns per call in the best round.
 * @ratio:  to the first kind in the same round; the median of all rounds.
 */
struct call_kind {
	const char *name;
	const char *path;
	int (*loop)(int x, long n);
	double median, best, ratio;
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
