/* SPDX-License-Identifier: MIT */
/*
 * trap.c: what a thread does that meets a breakpoint of ours.
 *
 * It calls, or jumps to, the site's trampoline, which reads the pointer: the
 * handler keeps no state and waits for nothing, so it works also when it runs
 * late, nested, or in a forked child.  All it needs is where sites are.
 *
 * Any other SIGTRAP belongs to whoever had the signal before.  A program may
 * install a handler of its own at any time; ours is put in front again before
 * the next batch that needs it.
 */
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"

static bool installed;

/* Handlers that may be reading the tables of a DSO. */
static unsigned long readers;

/*
 * The signal that this thread is passing on, to know it if it is handed back:
 * by a function call, so deeper in the stack.  Not a count alone: the program's
 * handler may leave by siglongjmp().
 */
struct passing {
	const void *ucontext;
	uintptr_t frame;
	unsigned int level;
};

static __thread struct passing passing __attribute__((tls_model("initial-exec")));

static const struct site *find_site(const struct dso *dso, uintptr_t addr)
{
	int64_t offset = (int64_t)(addr - dso->base);
	uint32_t lo = 0, hi = dso->nsites, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (dso->sites[mid].offset < offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == dso->nsites || dso->sites[lo].offset != offset)
		return NULL;
	return dso->sites[lo].kind == ARCH_NONE ? NULL : &dso->sites[lo];
}

static bool emulate(void *ucontext)
{
	uintptr_t addr = arch_trap_site(ucontext);
	const struct site *site = NULL;
	const struct dso *dso;

	__atomic_add_fetch(&readers, 1, __ATOMIC_SEQ_CST);
	for (dso = __atomic_load_n(&registry, __ATOMIC_SEQ_CST); dso;
	     dso = __atomic_load_n(&dso->next, __ATOMIC_SEQ_CST)) {
		if (!dso_contains(dso, (const void *)addr))
			continue;
		site = find_site(dso, addr);
		if (site)
			arch_trap_emulate(ucontext, addr, site->kind,
					  rkey_tramp(&dso->keys[site->key]));
		break;
	}
	__atomic_sub_fetch(&readers, 1, __ATOMIC_SEQ_CST);
	if (site)
		__atomic_add_fetch(&counters.traps, 1, __ATOMIC_RELAXED);
	return site != NULL;
}

/* What the kernel does: end the process, with a core of this very place. */
static void default_action(void)
{
	struct sigaction action = { .sa_handler = SIG_DFL };
	sigset_t set;

	sigaction(SIGTRAP, &action, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGTRAP);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	raise(SIGTRAP);
}

static void call_action(const struct sigaction *action, int sig, siginfo_t *info, void *ucontext)
{
	sigset_t mask = action->sa_mask, saved;

	if (!(action->sa_flags & SA_NODEFER))
		sigaddset(&mask, sig);
	pthread_sigmask(SIG_BLOCK, &mask, &saved);
	if (action->sa_flags & SA_SIGINFO)
		action->sa_sigaction(sig, info, ucontext);
	else
		action->sa_handler(sig);
	pthread_sigmask(SIG_SETMASK, &saved, NULL);
}

static bool handled(const struct sigaction *action)
{
	return action->sa_flags & SA_SIGINFO ||
	       (action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN);
}

/*
 * pass_on: to the handler that was there before us, or, if it is that one that
 * hands it back to us, to the one before both.
 */
static void pass_on(int sig, siginfo_t *info, void *ucontext)
{
	const struct passing outer = passing;
	uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
	const struct sigaction *action;
	unsigned int level = 0;

	if (outer.ucontext == ucontext && frame < outer.frame)
		level = outer.level + 1;
	action = handlers_nth(level);
	if (!action) {
		default_action();
		return;
	}

	if (handled(action)) {
		passing = (struct passing){ ucontext, frame, level };
		call_action(action, sig, info, ucontext);
		passing = outer;
	} else if (action->sa_handler == SIG_DFL || info->si_code > 0) {
		/* Also ignored: what was sent can be, but not what an instruction has raised. */
		default_action();
	}
}

/*
 * Is the breakpoint another copy's, or one's that it knows?  These may know us.
 * A copy answers in si_errno, which is 0.
 */
static bool copies_emulate(siginfo_t *info, void *ucontext)
{
	static __thread const void *asking __attribute__((tls_model("initial-exec")));
	const void *outer = asking;
	const struct sigaction *copy;
	bool theirs = false;
	unsigned int n;

	if (asking == ucontext)
		return false;
	asking = ucontext;
	for (n = 0; !theirs && (copy = handlers_copy(n)); n++) {
		copy->sa_sigaction(HANDLER_EMULATE, info, ucontext);
		theirs = info->si_errno;
		info->si_errno = 0;
	}
	asking = outer;
	return theirs;
}

static void on_trap(int sig, siginfo_t *info, void *ucontext)
{
	int saved_errno = errno;

	if (sig == HANDLER_NEWEST)
		*(struct sigaction *)ucontext = *handlers_nth(0);
	else if (emulate(ucontext) || copies_emulate(info, ucontext))
		info->si_errno = sig == HANDLER_EMULATE;
	else if (sig != HANDLER_EMULATE)
		pass_on(sig, info, ucontext);
	errno = saved_errno;
}

/*
 * trap_ensure: have SIGTRAP come to us first; 0 or -errno.  Under the lock.
 *
 * SA_ONSTACK: the interrupted stack may be too small for a signal frame.
 * SA_NODEFER: a handler that we pass a signal on to may call through a site.
 */
int trap_ensure(void)
{
	struct sigaction found, ours = {
		.sa_sigaction = on_trap,
		.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | SA_RESTART,
	};

	assert_locked();
	if (sigaction(SIGTRAP, NULL, &found))
		return -errno;
	if (found.sa_flags & SA_SIGINFO && found.sa_sigaction == on_trap)
		return 0;

	sigemptyset(&ours.sa_mask);
	handlers_push(&found, &ours);
	if (sigaction(SIGTRAP, &ours, NULL))
		return -errno;
	debug(installed ? "SIGTRAP handler installed again, before the program's own" :
			  "SIGTRAP handler installed");
	installed = true;
	return 0;
}

/* trap_remove: nobody is left to serve; the library itself may be unloaded next. */
void trap_remove(void)
{
	struct sigaction found;

	if (!installed || sigaction(SIGTRAP, NULL, &found))
		return;
	if (found.sa_flags & SA_SIGINFO && found.sa_sigaction == on_trap)
		sigaction(SIGTRAP, handlers_nth(0), NULL);
	installed = false;
}

/*
 * trap_quiesce: wait until no handler can be reading what has been unlinked.
 *
 * Not for ever: a handler may have been stopped.  False if one remains.
 */
bool trap_quiesce(void)
{
	unsigned int tries;

	for (tries = 0; tries < 1000; tries++) {
		if (!__atomic_load_n(&readers, __ATOMIC_SEQ_CST))
			return true;
		sched_yield();
	}
	return false;
}

/* trap_fork_child: handlers of threads that the child does not have. */
void trap_fork_child(void)
{
	__atomic_store_n(&readers, 0, __ATOMIC_SEQ_CST);
}
