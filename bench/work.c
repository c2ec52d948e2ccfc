/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * work.c: the cost of a call to a function that does something.
 *
 * It hashes 64 bytes: as little as anybody calls a function pointer for.
 *
 * Prints one line for each kind of call: its name, median and least ns per call,
 * ratio to a direct call.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <staticcall.h>
#include "stopwatch.h"

#define CALLS	10000

static const unsigned char text[64] = "What is hashed is of no importance.";

__attribute__((noipa, aligned(64)))
static unsigned int hash(unsigned int h)
{
	for (unsigned int i = 0; i < sizeof(text); i++)
		h = (h ^ text[i]) * 16777619;
	return h;
}

unsigned int (*plain)(unsigned int) = hash;
unsigned int (*patched)(unsigned int) __static_call = hash;

#define RUN(name, function)						\
	__attribute__((noinline, aligned(64)))				\
	static unsigned int name(unsigned int h)			\
	{								\
		for (int i = 0; i < CALLS; i++)				\
			h = function(h);				\
		return h;						\
	}

RUN(run_direct, hash)
RUN(run_static, patched)
RUN(run_pointer, plain)
__attribute__((indirect_branch("thunk-inline")))
RUN(run_retpoline, plain)

static const struct {
	const char *name;
	unsigned int (*run)(unsigned int h);
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
		errx(1, "usage: work ROUNDS");

	double ns[KINDS][rounds];

	for (int round = 0; round < rounds; round++) {
		for (int i = 0; i < KINDS; i++) {
			double start = now_ns();

			kinds[i].run(round);
			ns[i][round] = (now_ns() - start) / CALLS;
		}
	}
	for (int i = 0; i < KINDS; i++) {
		struct summary s = summarize(ns[i], ns[0], rounds);

		printf("%s %g %g %g\n", kinds[i].name, s.median, s.best, s.ratio);
	}
	return 0;
}
