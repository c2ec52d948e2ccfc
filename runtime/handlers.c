/* SPDX-License-Identifier: MIT */
/*
 * handlers.c: what SIGTRAP went to before us: handlers of the program's, and other copies
 * of this library.
 *
 * Of the program's handlers the last ones are kept, each once.  Each may call ours for
 * what it does not know, and that is then for the one before it.
 *
 * dlmopen() makes a second world in the process, with a copy of the library that has
 * sites of its own, and each copy puts itself in front of the other.  A copy is known by
 * its code, which is the same file's.  Who is in front asks the copies that it knows, and
 * these those that they know, whether a breakpoint is theirs.  As each copy knows the one
 * that was in front before it, all are asked.  What is nobody's goes to the program, whose
 * newest handler a copy takes over from the one that it is put in front of.
 */
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"

#define LEVELS	4
#define COPIES	8

/* So large that none is overwritten while it is read. */
#define RING	(4 * LEVELS)

static struct sigaction ring[RING];
static unsigned int state;	/* how many have ever been put in, times 8; how many count */

static struct sigaction copies[COPIES];
static unsigned int ncopies;

static bool same(const struct sigaction *a, const struct sigaction *b)
{
	return (a->sa_flags & SA_SIGINFO) == (b->sa_flags & SA_SIGINFO) &&
	       (a->sa_flags & SA_SIGINFO ? a->sa_sigaction == b->sa_sigaction :
					   a->sa_handler == b->sa_handler);
}

/* The system call reads the set before it finds that there is no such thing to do. */
static bool readable(uintptr_t addr)
{
	return syscall(SYS_rt_sigprocmask, -1, addr, NULL, 8) && errno == EINVAL;
}

/* Does another copy's handler begin where @action leads?  Its first bytes have calls in them. */
static bool is_copy(const struct sigaction *action, const struct sigaction *ours)
{
	const uintptr_t theirs = (uintptr_t)action->sa_sigaction;
	const size_t some = 32;

	return action->sa_flags & SA_SIGINFO && readable(theirs) && readable(theirs + some) &&
	       !memcmp((const void *)theirs, (const void *)(uintptr_t)ours->sa_sigaction, some);
}

static void push(const struct sigaction *found)
{
	unsigned int end = state / 8, n = state % 8, kept = 0, i;
	bool full = n == LEVELS;

	for (i = n; i > 0; i--)
		full &= !same(&ring[(end - i) % RING], found);
	/* The oldest one makes room. */
	for (i = n - full; i > 0; i--)
		if (!same(&ring[(end - i) % RING], found))
			ring[(end + kept++) % RING] = ring[(end - i) % RING];
	ring[(end + kept++) % RING] = *found;
	__atomic_store_n(&state, (end + kept) * 8 + kept, __ATOMIC_RELEASE);
}

/* handlers_push: @found was in force, and @ours comes in front of it.  Under the lock. */
void handlers_push(const struct sigaction *found, const struct sigaction *ours)
{
	struct sigaction newest = *found;
	unsigned int i;

	assert_locked();
	if (is_copy(found, ours))
		found->sa_sigaction(HANDLER_NEWEST, NULL, &newest);
	push(&newest);
	if (same(found, &newest))
		return;
	for (i = 0; i < ncopies; i++)
		if (same(&copies[i], found))
			return;
	if (ncopies < COPIES) {
		copies[ncopies] = *found;
		__atomic_store_n(&ncopies, ncopies + 1, __ATOMIC_RELEASE);
	}
}

/* handlers_nth: the one to be asked after @level others have been; NULL if there is none. */
const struct sigaction *handlers_nth(unsigned int level)
{
	unsigned int now = __atomic_load_n(&state, __ATOMIC_ACQUIRE), n = now % 8;

	return level < n ? &ring[(now / 8 - 1 - level) % RING] : NULL;
}

/* handlers_copy: the nth copy that is known, from 0, or NULL. */
const struct sigaction *handlers_copy(unsigned int n)
{
	return n < __atomic_load_n(&ncopies, __ATOMIC_ACQUIRE) ? &copies[n] : NULL;
}
