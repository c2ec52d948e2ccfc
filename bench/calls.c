/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * calls.c: what a call costs; the loops are those of the demonstration.
 *
 * Prints one line for each kind of call: its name, median and least ns per call,
 * ratio to a direct call.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include "calls.h"

int main(int argc, char **argv)
{
	int rounds = argc == 2 ? atoi(argv[1]) : 0;

	if (rounds <= 0)
		errx(1, "usage: calls ROUNDS");
	measure_calls(rounds, 100000);
	for (int i = 0; i < call_kinds_count; i++)
		printf("%s %g %g %g\n", call_kinds[i].name, call_kinds[i].ns.median,
		       call_kinds[i].ns.best, call_kinds[i].ns.ratio);
	return 0;
}
