/* SPDX-License-Identifier: MIT */
/*
 * lock.c: the one lock, held with all signals blocked.
 *
 * An update may be made from a signal handler.  As nothing interrupts the
 * thread that holds the lock, such a handler only ever waits for another
 * thread, which goes on.  SIGTRAP is blocked too: the thread that patches
 * executes no site meanwhile.
 *
 * Who waits for the lock has its signals as they were: a thread that blocks
 * SIGTRAP keeps breakpoints from being used, see blocked.c.  A pthread mutex
 * would have to be waited for with signals blocked, hence a futex; futex(2).
 *
 * It is recursive for fork() alone, see fork.c.  A thread knows itself by the
 * address of a variable of its own, which is the same in a forked child; its
 * number is another one there.
 */
#define _GNU_SOURCE
#include <limits.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"

enum { FREE, TAKEN, WAITED_FOR };

static uint32_t state;
static const char *owner;
static unsigned int depth;
static uint32_t *excuse;	/* see blocked.c */
static const char *waker;	/* who has woken others last */

static __thread char self __attribute__((tls_model("initial-exec")));

/* What the kernel takes for a signal set: libc's type has room for more. */
#define KERNEL_SIGSET_SIZE	8

/*
 * By the system call itself, as pthread_sigmask() leaves out the signals that
 * libc uses for setuid() and for cancellation.
 */
static void set_mask(const sigset_t *mask, sigset_t *old)
{
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, mask, old, KERNEL_SIGSET_SIZE);
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

	if (__atomic_load_n(&waker, __ATOMIC_RELAXED) != &self)
		return;
	__atomic_store_n(&waker, NULL, __ATOMIC_RELAXED);
	syscall(SYS_futex, &state, FUTEX_WAIT_PRIVATE, FREE, &pause);
}

/* lock: and save the signal mask in @saved. */
void lock(sigset_t *saved)
{
	bool waited = false;
	uint32_t *entry;
	sigset_t all;

	memset(&all, 0xff, sizeof(all));
	be_polite();
	for (;;) {
		entry = trap_excuse();
		set_mask(&all, saved);
		if (__atomic_load_n(&owner, __ATOMIC_RELAXED) == &self) {
			trap_no_excuse(entry);
			break;
		}
		if (take(waited)) {
			__atomic_store_n(&owner, &self, __ATOMIC_RELAXED);
			excuse = entry;
			break;
		}
		set_mask(saved, NULL);
		trap_no_excuse(entry);
		syscall(SYS_futex, &state, FUTEX_WAIT_PRIVATE, WAITED_FOR, NULL);
		waited = true;
	}
	depth++;
}

#ifdef STATICCALL_DEBUG_LOCK
void lock_assert(const char *function)
{
	if (__atomic_load_n(&owner, __ATOMIC_RELAXED) != &self)
		die("%s() without the lock", function);
}
#endif

void unlock(const sigset_t *saved)
{
	int saved_errno = errno;
	uint32_t *entry = NULL;

	if (!--depth) {
		entry = excuse;
		__atomic_store_n(&owner, NULL, __ATOMIC_RELAXED);
		/* All of them: one may be in a signal handler, or have left by it. */
		if (__atomic_exchange_n(&state, FREE, __ATOMIC_RELEASE) == WAITED_FOR) {
			__atomic_store_n(&waker, &self, __ATOMIC_RELAXED);
			syscall(SYS_futex, &state, FUTEX_WAKE_PRIVATE, INT_MAX);
		}
	}
	set_mask(saved, NULL);
	trap_no_excuse(entry);
	errno = saved_errno;
}
