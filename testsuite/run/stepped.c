/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stepped.c: what gdb is to step over: sites that change in the function of a line.
 *
 * With an argument it goes round until another process has read a line of it, and ends.
 */
#include <stdio.h>
#include <unistd.h>

#include "check.h"

static int n;
static void one(void) { n += 1; }
static void two(void) { n += 2; }
static void (*op)(void) __static_call = one;

static void (*volatile next)(void) = two;

__attribute__((noipa)) static void change(void)
{
	op = next;
}

__attribute__((noipa)) static void round_trip(void)
{
	change();			/* step */
	static_call_cond(op)();
	n += 10;
}

int main(int argc, char **argv)
{
	void (*const targets[])(void) = { two, NULL, one, (void (*)(void))(void *)__static_call_return0 };
	const int sums[] = { 2, 0, 1, 0 };
	int i, rounds = argc > 1 ? atoi(argv[1]) : 8;

	for (i = 0; i < rounds; i++) {
		next = targets[i % 4];
		n = 0;
		round_trip();
		CHECK_IS(n, 10 + sums[i % 4]);
		if (argc > 1)
			usleep(1000);
		if (i == 1)
			puts("running"), fflush(stdout);
	}
	puts("right");
	return 0;
}
