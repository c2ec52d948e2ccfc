/* SPDX-License-Identifier: MIT */
/*
 * apart.c: work with files where no descriptor is left, or not for others to see.
 *
 * Nothing is kept open for the first: a forked child would hold what belongs to its
 * parent, and a program may close, count or reuse what it does not know.  Instead a
 * thread is started that does not share the table of descriptors, clone(2): it has a
 * copy, in which it closes one, and what it opens nobody else can see, close, replace by
 * dup2(), or have in a forked child.
 *
 * There is one at most, for the length of a batch.  To start one on a busy machine takes
 * milliseconds, for it comes behind whoever waits for a processor already; to wake it takes
 * microseconds.  It does nothing but what it is asked to, and its maker waits meanwhile.
 *
 * Under the lock.
 */
#define _GNU_SOURCE
#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <unistd.h>

#include "internal.h"

/* Whose turn it is.  The kernel itself writes the first, when the thread is done with its memory. */
enum { NOBODY, ITS, OURS, LAST };

static uint32_t turn = NOBODY;
static bool begun;

static struct {
	int (*work)(void *arg);
	void *arg;
	int result;
} job;

static void turn_to(uint32_t whose)
{
	__atomic_store_n(&turn, whose, __ATOMIC_RELEASE);
	sys(SYS_futex, &turn, FUTEX_WAKE, INT_MAX);
}

/* Not for ever: in a child that a handler has forked nobody has the other turn. */
static void wait_while(uint32_t whose)
{
	const struct sys_timespec pause = { .tv_nsec = 50 * 1000 * 1000 };

	while (__atomic_load_n(&turn, __ATOMIC_ACQUIRE) == whose && !fork_noticed())
		sys(SYS_futex, &turn, FUTEX_WAIT, whose, &pause);
}

/* Without a stack protector's or a sanitizer's help: it uses its maker's thread pointer. */
static void serve(void *unused)
{
	(void)unused;
	sys(SYS_close, STDIN_FILENO);
	for (;;) {
		wait_while(OURS);
		if (__atomic_load_n(&turn, __ATOMIC_ACQUIRE) != ITS)
			return;
		job.result = job.work(job.arg);
		turn_to(OURS);
	}
}

/*
 * apart_begin: a thread that has a table of descriptors of its own, of which one at least is
 * free; false if there can be none.
 *
 * The kernel gives a clone(2) up, and begins it anew, as long as there is a signal to be
 * handled; so the one is held, too, that libc changes the user with, see lock.c.
 */
bool apart_begin(void)
{
	static char stack[16384] __attribute__((aligned(64)));
	const unsigned long flags = CLONE_VM | CLONE_FS | CLONE_SIGHAND | CLONE_THREAD |
				    CLONE_SYSVSEM | CLONE_CHILD_CLEARTID;
	uint64_t user = SIGNAL_BIT(SIGRTMIN - 1), saved;
	long err;

	assert_locked();
	turn = OURS;
	sys(SYS_rt_sigprocmask, SIG_BLOCK, &user, &saved, sizeof(user));
	err = arch_clone(flags, stack + sizeof(stack), &turn, serve, NULL);
	sys(SYS_rt_sigprocmask, SIG_SETMASK, &saved, NULL, sizeof(saved));
	begun = err >= 0;
	return begun;
}

static int ended(void)
{
	return because(REASON_MEM, "a thread with descriptors of its own, which has been ended", EIO,
		       "no filter that ends a thread for what it asks of the kernel");
}

/* apart: what @work returns, called by that thread if one has been begun, or else by this one. */
int apart(int (*work)(void *arg), void *arg)
{
	if (!begun)
		return work(arg);
	if (turn == NOBODY)
		return ended();
	job.work = work;
	job.arg = arg;
	files_apart(true);
	turn_to(ITS);
	wait_while(ITS);
	files_apart(false);
	if (!fork_noticed())
		return turn == OURS ? job.result : ended();
	files_forked();
	return work(arg);
}

/* apart_end: that thread's files are closed; false if there was none. */
bool apart_end(void)
{
	bool was = begun;

	if (was && turn != NOBODY) {
		turn_to(LAST);
		wait_while(LAST);
	}
	begun = false;
	return was;
}

/* apart_forked: in a child, which has no such thread. */
void apart_forked(void)
{
	begun = false;
}

/*
 * with_descriptor: what @work returns, which opens a file and closes it again.  If it
 * returns -EMFILE it is called once more where there is room.
 */
int with_descriptor(int (*work)(void *arg), void *arg)
{
	int err = work(arg);

	if (err != -EMFILE || !apart_begin())
		return err;
	err = apart(work, arg);
	apart_end();
	debug("no descriptor is left: a thread with its own has been used (%d)", err);
	return err;
}
