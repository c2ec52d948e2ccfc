/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * distinct.c: the cost of a call where it is executed from many places.
 *
 * A loop has one call site, which no processor mispredicts.  Here 10 000 sites
 * stand one after the other, more than the processor's tables of indirect
 * branches hold.
 *
 * Prints one line for each kind of call: its name, median and least ns per call,
 * ratio to a direct call.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <staticcall.h>
#include "stopwatch.h"
#include "target.h"

#define SITES	10000

int (*plain)(int) = target;
int (*patched)(int) __static_call = target;

#define X10(x)		x x x x x x x x x x
#define X100(x)		X10(x) X10(x) X10(x) X10(x) X10(x) X10(x) X10(x) X10(x) X10(x) X10(x)
#define X1000(x)	X100(x) X100(x) X100(x) X100(x) X100(x) \
			X100(x) X100(x) X100(x) X100(x) X100(x)
#define X10000(x)	X1000(x) X1000(x) X1000(x) X1000(x) X1000(x) \
			X1000(x) X1000(x) X1000(x) X1000(x) X1000(x)

#define RUN(name, function)						\
	__attribute__((noinline, aligned(64)))				\
	static int name(int x)						\
	{								\
		X10000(x = function(x);)				\
		return x;						\
	}

RUN(run_direct, target)
RUN(run_static, patched)
RUN(run_pointer, plain)
__attribute__((indirect_branch("thunk-inline")))
RUN(run_retpoline, plain)

static const struct {
	const char *name;
	int (*run)(int x);
} kinds[] = {
	{ "direct", run_direct },
	{ "static", run_static },
	{ "pointer", run_pointer },
	{ "retpoline", run_retpoline },
};
#define KINDS	(int)(sizeof(kinds) / sizeof(kinds[0]))

int main(int argc, char **argv)
{
	int rounds = argc == 2 ? atoi(argv[1]) : 0;

	if (rounds <= 0)
		errx(1, "usage: distinct ROUNDS");

	double ns[KINDS][rounds];

	for (int round = 0; round < rounds; round++) {
		for (int i = 0; i < KINDS; i++) {
			double start = now_ns();

			kinds[i].run(round);
			ns[i][round] = (now_ns() - start) / SITES;
		}
	}
	for (int i = 0; i < KINDS; i++) {
		struct summary s = summarize(ns[i], ns[0], rounds);

		printf("%s %g %g %g\n", kinds[i].name, s.median, s.best, s.ratio);
	}
	return 0;
}
