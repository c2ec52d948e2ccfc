/* SPDX-License-Identifier: MIT */
/*
 * lock.c: the one lock, held with signals blocked.
 *
 * An update may be made from a signal handler.  As nothing interrupts the
 * thread that holds the lock, such a handler only ever waits for another
 * thread, which goes on.  Who waits for the lock has its signals as they were.
 * A pthread mutex would have to be waited for with signals blocked, hence a futex;
 * futex(2).
 *
 * Some signals stay as they were even then:
 *
 * - Those that an instruction raises.  A store to the program's pointer may be
 *   for its handler to allow (a collector's write barrier), and a system call for
 *   its sandbox to emulate; blocked, they would end the process.
 * - The one by which libc has every thread change its user, setuid(3): who calls
 *   that waits for all threads, and may hold what a handler of one of those, inside an
 *   update, waits for.  The one for cancellation, another below SIGRTMIN, is blocked.
 *
 * So a handler can run in the middle of an update, and make one itself.  That one is
 * nested: it must leave everything here alone, see lock_nested().
 *
 * The lock is recursive for fork() in a handler, and for reading.  A thread knows itself by
 * its number, not by its thread pointer: one that clone(2) has made without any shares that
 * of its maker.  But in a child the number is another one, and the thread pointer tells
 * whether the thread is that which had the lock.  No thread-local variable is needed for
 * that: the room for those of a library that is loaded late may be used up.
 */
#define _GNU_SOURCE
#include <limits.h>
#include <linux/futex.h>
#include <string.h>

#include "internal.h"

enum { FREE, TAKEN, WAITED_FOR };

static uint32_t state;
static pid_t owner;
static void *pointer;		/* its thread pointer */
static const void *place;	/* on its stack */
static unsigned int depth;	/* how often it is held */
static uint32_t behind;		/* a nested store waits to be followed */
static pid_t waker;		/* who has woken others last */

/* pthread_sigmask() would leave out the signals that libc uses for setuid() and cancellation. */
static void hold_signals(struct signals *saved)
{
	uint64_t all = ~(SIGNAL_BIT(SIGSEGV) | SIGNAL_BIT(SIGBUS) | SIGNAL_BIT(SIGFPE) |
			 SIGNAL_BIT(SIGILL) | SIGNAL_BIT(SIGSYS) | SIGNAL_BIT(SIGTRAP) |
			 SIGNAL_BIT(SIGRTMIN - 1));

	sys(SYS_rt_sigprocmask, SIG_BLOCK, &all, saved, sizeof(*saved));
}

static void restore_signals(const struct signals *saved)
{
	sys(SYS_rt_sigprocmask, SIG_SETMASK, saved, NULL, sizeof(*saved));
}

static pid_t number(void)
{
	return (pid_t)sys(SYS_gettid);
}

/*
 * Does a child that shares the memory go on in a handler that has interrupted the owner, as
 * one of vfork(2) does?  That has the owner's stack, or the alternate one that the handler
 * runs on; a child of clone(2) with a stack of its own has none, sigaltstack(2).
 */
static bool borrowed(void)
{
	const uintptr_t near = 1 << 18;
	stack_t stack;

	if (!fork_shares_memory())
		return false;
	if ((uintptr_t)place - (uintptr_t)&stack < near)
		return true;
	return !sys(SYS_sigaltstack, NULL, &stack) && (stack.ss_flags & SS_ONSTACK);
}

/*
 * By its number, which is asked for only where somebody has the lock, or as a child's thread;
 * the owner waits as long as one that is apart does something for it.
 */
static bool mine(void)
{
	pid_t who = __atomic_load_n(&owner, __ATOMIC_RELAXED), me = who ? number() : 0;

	return who && (who == me || apart_is(me) ||
		       (__atomic_load_n(&pointer, __ATOMIC_RELAXED) == ARCH_THREAD_POINTER() &&
			(fork_noticed() || borrowed())));
}

static void own(const void *on_stack)
{
	__atomic_store_n(&pointer, ARCH_THREAD_POINTER(), __ATOMIC_RELAXED);
	place = on_stack;
	__atomic_store_n(&owner, number(), __ATOMIC_RELAXED);
}

static bool take(bool waited)
{
	uint32_t expected = FREE;

	if (!waited && __atomic_compare_exchange_n(&state, &expected, TAKEN, false,
						   __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return true;
	/* Others may be waiting too; who unlocks is to wake them. */
	return __atomic_exchange_n(&state, WAITED_FOR, __ATOMIC_ACQUIRE) == FREE;
}

/*
 * A thread that updates without a pause would have the lock again before those
 * that it has woken are there.  It lets them go first, for a while: they may be
 * in a signal handler.
 */
static void be_polite(void)
{
	const struct sys_timespec pause = { .tv_nsec = 50 * 1000 };

	pid_t who = __atomic_load_n(&waker, __ATOMIC_RELAXED);

	if (!who || who != number())
		return;
	__atomic_store_n(&waker, 0, __ATOMIC_RELAXED);
	sys(SYS_futex, &state, FUTEX_WAIT_PRIVATE, FREE, &pause);
}

/*
 * Not for ever: a handler of a signal that comes meanwhile may fork by a system call,
 * and nobody would wake the child.
 */
static void wait_for_it(void)
{
	const struct sys_timespec pause = { .tv_nsec = 50 * 1000 * 1000 };

	sys(SYS_futex, &state, FUTEX_WAIT_PRIVATE, WAITED_FOR, &pause);
}

/* lock: and save the signal mask in @saved. */
void lock(struct signals *saved)
{
	bool waited = false;

	if (!mine())
		be_polite();
	for (;;) {
		hold_signals(saved);
		if (fork_noticed())
			fork_settle();
		if (mine())
			break;
		if (take(waited)) {
			own(saved);
			break;
		}
		restore_signals(saved);
		wait_for_it();
		waited = true;
	}
	depth++;
	if (fork_interrupted())
		plan_settle();
}

void unlock(const struct signals *saved)
{
	bool again = false;
	pid_t me;

	for (; depth == 1 && __atomic_exchange_n(&behind, 0, __ATOMIC_RELAXED);
	     again = true)
		plan_follow(again);
	if (!--depth) {
		me = owner;
		__atomic_store_n(&owner, 0, __ATOMIC_RELAXED);
		/* All of them: one may be in a signal handler, or have left by it. */
		if (__atomic_exchange_n(&state, FREE, __ATOMIC_RELEASE) == WAITED_FOR) {
			__atomic_store_n(&waker, me, __ATOMIC_RELAXED);
			sys(SYS_futex, &state, FUTEX_WAKE_PRIVATE, INT_MAX);
		}
	}
	restore_signals(saved);
}

#ifdef STATICCALL_DEBUG_LOCK
void lock_assert(const char *function)
{
	if (!mine())
		die("%s() without the lock", function);
}
#endif

/*
 * lock_nested: is this a handler that has interrupted this thread inside an update?
 *
 * It finds plans and tables half changed.  It may read, and store to a pointer, and
 * have that followed as soon as the update is done: lock_behind().
 */
bool lock_nested(void)
{
	return mine();
}

void lock_behind(void)
{
	__atomic_store_n(&behind, 1, __ATOMIC_RELAXED);
}

/* lock_abandon: in a forked child, whose other threads do not exist; false if it is its own. */
bool lock_abandon(void)
{
	if (__atomic_load_n(&state, __ATOMIC_RELAXED) == FREE)
		return false;
	if (mine()) {
		own(place);
		return false;
	}
	owner = 0;
	depth = 0;
	behind = 0;
	__atomic_store_n(&state, FREE, __ATOMIC_SEQ_CST);
	return true;
}
