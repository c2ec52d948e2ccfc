/* SPDX-License-Identifier: MIT */
/*
 * apart.c: work with files where no descriptor is left, or not for others to see.
 *
 * Nothing is kept open for the first: a forked child would hold what belongs to its
 * parent, and a program may close, count or reuse what it does not know.  Instead a
 * thread is started that has a table of descriptors of its own, an empty one: what it
 * opens nobody else can see, close, replace by dup2(), or have in a forked child.  Nor does
 * it hold open what the program closes, as one with a copy of the table would: clone(2).
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
#include <sys/mman.h>
#include <unistd.h>

#include "internal.h"

#ifndef SYS_close_range
# define SYS_close_range	436
#endif
#ifndef CLOSE_RANGE_UNSHARE
# define CLOSE_RANGE_UNSHARE	2
#endif

/* A handler of the program's for SIGSYS may run on it. */
#define STACK	(256ul << 10)

/* Whose turn it is.  The kernel itself writes the first, when the thread is done with its memory. */
enum { NOBODY, ITS, OURS, LAST };

static uint32_t turn = NOBODY;
static bool begun, single;	/* its maker was the only one */
static pid_t number;

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

/* Before Linux 5.9 by a copy, of which one is closed. */
static bool have_own_table(void)
{
	if (!sys(SYS_close_range, 0, UINT_MAX, CLOSE_RANGE_UNSHARE))
		return true;
	if (sys(SYS_unshare, CLONE_FILES))
		return false;
	sys(SYS_close, STDIN_FILENO);
	return true;
}

/* Without a stack protector's or a sanitizer's help: it uses its maker's thread pointer. */
static void serve(void *unused)
{
	(void)unused;
	number = (pid_t)sys(SYS_gettid);
	if (!have_own_table())
		return;
	for (;;) {
		wait_while(OURS);
		if (__atomic_load_n(&turn, __ATOMIC_ACQUIRE) != ITS)
			return;
		job.result = job.work(job.arg);
		turn_to(OURS);
	}
}

/* Its end, with a page below that ends whoever needs more; kept, as it is needed again. */
static void *stack_end(void)
{
	static char *stack;
	char *pages;

	if (!stack) {
		pages = map_memory(STACK + page_size);
		if (!pages)
			return NULL;
		sys(SYS_mprotect, pages, page_size, PROT_NONE);
		stack = pages + page_size;
	}
	return stack + STACK;
}

/*
 * apart_begin: a thread that has a table of descriptors of its own, with room in it; 0, or
 * -errno, noted.
 *
 * The kernel gives a clone(2) up, and begins it anew, as long as there is a signal to be
 * handled; so the one is held, too, that libc changes the user with, see lock.c.
 */
int apart_begin(void)
{
	const unsigned long flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND |
				    CLONE_THREAD | CLONE_SYSVSEM | CLONE_CHILD_CLEARTID;
	uint64_t user = SIGNAL_BIT(SIGRTMIN - 1), saved;
	void *stack = stack_end();
	long err = -ENOMEM;

	assert_locked();
	single = alone();
	turn = OURS;
	number = 0;
	if (stack) {
		sys(SYS_rt_sigprocmask, SIG_BLOCK, &user, &saved, sizeof(user));
		err = arch_clone(flags, stack, &turn, serve, NULL);
		sys(SYS_rt_sigprocmask, SIG_SETMASK, &saved, NULL, sizeof(saved));
	}
	begun = err >= 0;
	if (begun)
		return 0;
	return because(REASON_APART, "a thread with descriptors of its own", (int)-err,
		       "room for a further thread, see RLIMIT_NPROC and the cgroup's pids.max");
}

static int ended(void)
{
	return because(REASON_APART, "a thread with descriptors of its own, which has ended", EIO,
		       "unshare(), and no filter that ends a thread for what it asks of the kernel");
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

/* The kernel says that a thread has ended before it counts it out; unshare(2) is refused as long. */
static void wait_until_alone(void)
{
	unsigned int n;

	for (n = 0; n < 1000 && !alone(); n++)
		sys(SYS_sched_yield);
}

/* apart_end: that thread's files are closed; false if there was none. */
bool apart_end(void)
{
	bool was = begun;

	if (was && turn != NOBODY) {
		turn_to(LAST);
		wait_while(LAST);
		if (single)
			wait_until_alone();
	}
	begun = false;
	return was;
}

bool apart_begun(void)
{
	return begun;
}

/* apart_is: is it the thread of that number?  A handler of the program's may have interrupted it. */
bool apart_is(pid_t thread)
{
	return begun && number == thread;
}

/* apart_forked: in a child, which has no such thread. */
void apart_forked(void)
{
	begun = false;
}

/*
 * with_descriptor: what @work returns, which opens files and closes them again.  If it
 * returns -EMFILE, or -EBADF as others have closed one, it is called once more where there
 * is room, and nobody else; and from then on at once, where others close what they have not
 * opened.
 */
int with_descriptor(int (*work)(void *arg), void *arg)
{
	static bool closed;
	int err = begun || !closed || alone() ? apart(work, arg) : -EBADF;

	if (begun || (err != -EMFILE && err != -EBADF))
		return err;
	closed |= err == -EBADF;
	if (apart_begin())
		return work(arg);
	err = apart(work, arg);
	apart_end();
	debug("no descriptor is safe: a thread with its own has been used (%d)", err);
	return err;
}
