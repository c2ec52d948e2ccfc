/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * instructions.c: how many instructions each kind of call retires.
 *
 * The processor's counters are out of reach in most virtual machines, so a
 * child executes the loops of demo/calls.c one single step at a time, and its
 * parent counts the steps.  This is exact, and never differs from run to run.
 * What surrounds a loop cancels out in the difference of two lengths.
 *
 * Prints one line for each kind of call: its name, and instructions per call.
 */
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>
#include "calls.h"

/* The child stops itself before and after the loop; count the steps between. */
static void child(const struct call_kind *kind, long calls)
{
	kind->loop(0, 1);	/* binds the lazily bound */
	ptrace(PTRACE_TRACEME, 0, NULL, NULL);
	raise(SIGSTOP);
	kind->loop(0, calls);
	raise(SIGSTOP);
	_exit(0);
}

static long count_steps(const struct call_kind *kind, long calls)
{
	long steps = 0;
	int status;
	pid_t pid = fork();

	if (pid < 0)
		err(1, "cannot fork");
	if (pid == 0)
		child(kind, calls);
	if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
		errx(1, "%s: the child cannot be traced", kind->name);
	for (;;) {
		if (ptrace(PTRACE_SINGLESTEP, pid, NULL, NULL) < 0)
			err(1, "cannot single-step");
		if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
			errx(1, "%s: the child ended early", kind->name);
		if (WSTOPSIG(status) != SIGTRAP)
			break;
		steps++;
	}
	ptrace(PTRACE_KILL, pid, NULL, NULL);
	waitpid(pid, &status, 0);
	return steps;
}

int main(int argc, char **argv)
{
	long calls = argc == 2 ? atol(argv[1]) : 0;

	if (calls <= 0)
		errx(1, "usage: instructions CALLS");
	for (int i = 0; i < call_kinds_count; i++) {
		const struct call_kind *kind = &call_kinds[i];
		long once = count_steps(kind, calls);
		long twice = count_steps(kind, 2 * calls);

		printf("%s %g\n", kind->name, (double)(twice - once) / calls);
	}
	return 0;
}
