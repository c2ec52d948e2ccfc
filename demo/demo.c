/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * demo.c: what becomes of a call through a marked function pointer.
 *
 * Two threads call through `op` without a pause.  Meanwhile the program shows
 * the call instruction, changes `op`, and shows the instruction again.
 */
#include <err.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <staticcall.h>
#include "calls.h"
#include "disassemble.h"

/* Not static: so that no compiler gives them other names or signatures. */
int add_one(int x)	{ return x + 1; }
int add_two(int x)	{ return x + 2; }

/* The marked pointer.  Everything else about it is plain C. */
int (*op)(int) __static_call = add_one;

__attribute__((noinline))
int caller(int x)
{
	return 10 * op(x);
}

/* What the two threads saw: caller(0) is 10 or 20, as `op` says. */
static struct tally {
	volatile long ones, twos, others;
	char cache_line[64];
} tally[2];
static volatile int stop;

static void *keep_calling(void *arg)
{
	struct tally *t = arg;

	while (!stop) {
		int result = caller(0);

		if (result == 10)
			t->ones++;
		else if (result == 20)
			t->twos++;
		else
			t->others++;
	}
	return NULL;
}

/* Until both threads have really called, however busy the machine is. */
static void wait_for(volatile long *count1, volatile long *count2)
{
	while (!*count1 || !*count2)
		sched_yield();
}

static void show_an_update(void)
{
	pthread_t thread[2];

	puts("The source:\n\n"
	     "    int (*op)(int) __static_call = add_one;\n\n"
	     "    int caller(int x)\n"
	     "    {\n"
	     "            return 10 * op(x);\n"
	     "    }\n\n"
	     "caller() in the file: it calls a trampoline, which jumps to where op points.\n");
	disassemble_file("caller");

	for (int i = 0; i < 2; i++)
		if (pthread_create(&thread[i], NULL, keep_calling, &tally[i]))
			errx(1, "cannot create a thread");
	wait_for(&tally[0].ones, &tally[1].ones);

	puts("\ncaller() in memory, now that the program runs and 2 threads keep calling it:\n");
	disassemble_live("caller");
	puts("\n    (Where addr32 stands before call, it means nothing to the processor.  One never\n"
	     "    changes; more of them pad the instruction so that one store can change it.)");

	op = add_two;
	wait_for(&tally[0].twos, &tally[1].twos);

	puts("\ncaller() in memory after `op = add_two;`, the threads still calling it:\n");
	disassemble_live("caller");

	stop = 1;
	for (int i = 0; i < 2; i++) {
		pthread_join(thread[i], NULL);
		printf("%sthread %d called add_one %ld times, then add_two %ld times, "
		       "anything else %ld times\n", i ? "" : "\n", i + 1,
		       tally[i].ones, tally[i].twos, tally[i].others);
		if (tally[i].others)
			errx(1, "a call went astray");
	}
}

static void show_the_cost(void)
{
	puts("\nThe cost of a call to `x + 1`, loop included, in this very run:\n");
	measure_calls(1001, 100000);

	printf("    %-12s %8s %8s %8s   %s\n", "call", "ns", "best ns", "ratio",
	       "what is executed");
	for (int i = 0; i < call_kinds_count; i++) {
		struct call_kind *k = &call_kinds[i];

		printf("    %-12s %8.2f %8.2f %8.2f   %s\n", k->name, k->ns.median,
		       k->ns.best, k->ns.ratio, k->path);
	}
	puts("\n    ns: median of 1001 rounds of 100 000 calls, the kinds taking turns;\n"
	     "    ratio: to a direct call in the same round, median.  A processor that\n"
	     "    predicts well hides much of an indirect call; a retpoline forbids that.");
}

/* Nothing breaks then: calls go on through the trampoline. */
static void say_if_nothing_can_be_patched(void)
{
	struct static_call_stats stats;

	if (!static_call_stats(&stats) && !stats.patched)
		puts("Here the program may not patch itself, so that all static calls stay\n"
		     "out-of-line below; STATICCALL_DEBUG=1 in the environment tells why.\n");
}

int main(void)
{
	say_if_nothing_can_be_patched();
	show_an_update();
	show_the_cost();
	return 0;
}
