/* SPDX-License-Identifier: MIT */
/*
 * handlers.c: what SIGTRAP went to before us: handlers of the program's, and other copies
 * of this library.
 *
 * A program may install a handler after us, and has ours told as the one before it, to be
 * called or put back.  So ours has a level for each different thing that it has been put
 * in front of, and each level an entry of its own, which knows what comes after it.
 *
 * dlmopen() makes a second world in the process, with a copy of the library that has
 * sites of its own, and each copy puts itself in front of the other.  A copy is known by
 * its code, which is the same file's.  Who is in front asks the copies that it knows, and
 * these those that they know, whether a breakpoint is theirs.  As each copy knows the one
 * that was in front before it, all are asked.  What is nobody's goes to the program, whose
 * handler a copy takes over from the one that it is put in front of.
 */
#include <string.h>

#include "internal.h"

#define COPIES	16	/* so many namespaces has glibc, DL_NNS */

struct level levels[LEVELS];

static int nlevels;
static struct sigaction copies[COPIES];
static unsigned int ncopies;

/* handler_is_one: not what the kernel does by itself. */
bool handler_is_one(const struct sigaction *action)
{
	return action->sa_flags & SA_SIGINFO ||
	       (action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN);
}

/* level_action: what comes after it now. */
void level_action(const struct level *level, struct sigaction *action)
{
	*action = level->action;
	if (__atomic_load_n(&level->spent, __ATOMIC_SEQ_CST)) {
		action->sa_flags &= ~SA_SIGINFO;
		action->sa_handler = SIG_DFL;
	}
}

/* What the kernel does: end the process, with a core of this very place. */
static void default_action(void)
{
	struct sigaction action = { .sa_handler = SIG_DFL };
	uint64_t set = SIGNAL_BIT(SIGTRAP);

	sigaction(SIGTRAP, &action, NULL);
	sys(SYS_rt_sigprocmask, SIG_UNBLOCK, &set, NULL, sizeof(set));
	sys(SYS_tgkill, sys(SYS_getpid), sys(SYS_gettid), SIGTRAP);
}

/* As the kernel does it, which passes all three arguments to whatever handler. */
static void call_action(const struct sigaction *action, int sig, siginfo_t *info, void *ucontext)
{
	uint64_t mask, saved;

	memcpy(&mask, &action->sa_mask, sizeof(mask));
	if (!(action->sa_flags & SA_NODEFER))
		mask |= SIGNAL_BIT(sig);
	sys(SYS_rt_sigprocmask, SIG_BLOCK, &mask, &saved, sizeof(mask));
	action->sa_sigaction(sig, info, ucontext);
	sys(SYS_rt_sigprocmask, SIG_SETMASK, &saved, NULL, sizeof(saved));
}

/* level_pass_on: to what comes after it. */
void level_pass_on(struct level *level, int sig, siginfo_t *info, void *ucontext)
{
	const struct sigaction *action = &level->action;
	bool once = action->sa_flags & SA_RESETHAND;

	if (!handler_is_one(action)) {
		/* Ignored: what was sent can be, but not what an instruction has raised. */
		if (action->sa_handler == SIG_DFL || info->si_code > 0)
			default_action();
		return;
	}
	if (once && __atomic_exchange_n(&level->spent, 1, __ATOMIC_SEQ_CST))
		default_action();
	else
		call_action(action, sig, info, ucontext);
}

static bool same(const struct sigaction *a, const struct sigaction *b)
{
	return a->sa_handler == b->sa_handler && a->sa_flags == b->sa_flags &&
	       !memcmp(&a->sa_mask, &b->sa_mask, sizeof(uint64_t));
}

/* The system call reads the set before it finds that there is no such thing to do. */
static bool readable(uintptr_t addr)
{
	return sys(SYS_rt_sigprocmask, -1, addr, NULL, 8) == -EINVAL;
}

/* Does another copy's entry begin where @action leads?  Its first bytes refer to levels. */
static bool is_copy(const struct sigaction *action)
{
	const uintptr_t theirs = (uintptr_t)action->sa_sigaction;
	const size_t some = 32;
	int n;

	if (!(action->sa_flags & SA_SIGINFO) || !readable(theirs) || !readable(theirs + some))
		return false;
	for (n = 0; n < LEVELS; n++)
		if (!memcmp((const void *)theirs, (const void *)(uintptr_t)trap_entries[n], some))
			return true;
	return false;
}

/* Entries of one copy are close together. */
static bool same_copy(const struct sigaction *a, const struct sigaction *b)
{
	return (uintptr_t)a->sa_sigaction - (uintptr_t)b->sa_sigaction + 2048 < 4096;
}

static void know_copy(const struct sigaction *copy)
{
	unsigned int i;

	for (i = 0; i < ncopies; i++)
		if (same_copy(&copies[i], copy))
			return;
	if (ncopies < COPIES) {
		copies[ncopies] = *copy;
		__atomic_store_n(&ncopies, ncopies + 1, __ATOMIC_RELEASE);
	}
}

/* handlers_copy: the nth copy that is known, from 0, or NULL. */
const struct sigaction *handlers_copy(unsigned int n)
{
	return n < __atomic_load_n(&ncopies, __ATOMIC_ACQUIRE) ? &copies[n] : NULL;
}

/*
 * handlers_level: which level is to come in front of @found, which becomes what comes after
 * it; -1 if there are too many different ones.  Under the lock.
 */
int handlers_level(struct sigaction *found)
{
	static struct sigaction copy;	/* see trap_ensure() */
	int n;

	assert_locked();
	copy = *found;
	if (is_copy(&copy)) {
		know_copy(&copy);
		copy.sa_sigaction(HANDLER_NEWEST, NULL, found);
	}
	for (n = 0; n < nlevels; n++)
		if (same(&levels[n].action, found))
			break;
	if (n == LEVELS)
		return -1;
	levels[n] = (struct level){ .action = *found };
	if (n == nlevels)
		nlevels++;
	return n;
}
