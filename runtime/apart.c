/* SPDX-License-Identifier: MIT */
/*
 * apart.c: open a file when the process has no descriptor left, or not for others to see.
 *
 * Nothing is kept open for the first: a forked child would hold what belongs to its
 * parent, and a program may close, count or reuse what it does not know.  Instead a
 * thread is started that does not share the table of descriptors, clone(2): it has a
 * copy, in which it closes one, and what it opens nobody else can see, close, replace by
 * dup2(), or have in a forked child.
 */
#define _GNU_SOURCE
#include <linux/futex.h>
#include <sched.h>
#include <unistd.h>

#include "internal.h"

struct job {
	int (*work)(void *arg);
	void *arg;
	int result;
};

/*
 * The kernel gives a clone(2) up, and begins it anew, as long as there is a signal to be
 * handled; so the one is held, too, that libc changes the user with, see lock.c.
 */
static long start(unsigned long flags, void *stack, uint32_t *tid, void (*fn)(void *arg), void *arg)
{
	uint64_t user = SIGNAL_BIT(SIGRTMIN - 1), saved;
	long err;

	sys(SYS_rt_sigprocmask, SIG_BLOCK, &user, &saved, sizeof(user));
	err = arch_clone(flags, stack, tid, fn, arg);
	sys(SYS_rt_sigprocmask, SIG_SETMASK, &saved, NULL, sizeof(saved));
	return err;
}

/* Without a stack protector's or a sanitizer's help: it uses its maker's thread pointer. */
static void run(void *arg)
{
	struct job *job = arg;

	sys(SYS_close, STDIN_FILENO);
	job->result = job->work(job->arg);
}

/*
 * apart: what @work returns, in a thread that has a table of descriptors of its own, of which
 * one at least is free; an error if there can be no thread.  Under the lock.
 */
__attribute__((noinline)) int apart(int (*work)(void *arg), void *arg, bool *done)
{
	static char stack[16384] __attribute__((aligned(64)));
	static uint32_t running;
	static struct job job;
	const int flags = CLONE_VM | CLONE_FS | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |
			  CLONE_CHILD_CLEARTID;
	long err;

	job = (struct job){ work, arg, 0 };
	running = 1;
	*done = false;
	files_apart(true);
	err = start(flags, stack + sizeof(stack), &running, run, &job);
	if (err < 0) {
		files_apart(false);
		return (int)err;
	}
	/* The kernel clears it, and wakes us, when the thread is done with its memory. */
	while (__atomic_load_n(&running, __ATOMIC_ACQUIRE))
		sys(SYS_futex, &running, FUTEX_WAIT, 1, NULL);
	files_apart(false);
	*done = true;
	return job.result;
}

/*
 * with_descriptor: what @work returns, which opens a file and closes it again.  If it
 * returns -EMFILE it is called once more where there is room.  Under the lock.
 */
int with_descriptor(int (*work)(void *arg), void *arg)
{
	int err = work(arg);
	bool done = false;

	if (err != -EMFILE)
		return err;
	err = apart(work, arg, &done);
	debug("no descriptor is left: a thread with its own has been used (%d)", err);
	return err;
}
