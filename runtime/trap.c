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
#include "internal.h"

static bool installed;

/* Odd while breakpoints of ours may be in the text. */
static uint32_t batches;

/* Handlers that may be reading the tables of a DSO. */
static unsigned long readers;

static const struct site *find_site(const struct dso *dso, uintptr_t addr)
{
	int64_t offset = (intptr_t)(addr - dso->base);
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

/*
 * foreign: is it a breakpoint that the program itself has put over a site, or where one
 * has been?  Ours stand there during a batch alone, though a handler may run later.
 */
static bool foreign(const struct level *level, uintptr_t addr)
{
	uint32_t before = __atomic_load_n(&batches, __ATOMIC_SEQ_CST);
	uint8_t byte = __atomic_load_n((const uint8_t *)addr, __ATOMIC_SEQ_CST);

	return ARCH_BREAK && byte == ARCH_BREAK && handler_is_one(&level->action) && !(before & 1) &&
	       before == __atomic_load_n(&batches, __ATOMIC_SEQ_CST);
}

static bool emulate(const struct level *level, void *ucontext)
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
		if (site && foreign(level, addr))
			site = NULL;
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

/* trap_begin, trap_end: around what puts breakpoints into the text.  Under the lock. */
void trap_begin(void)
{
	__atomic_store_n(&batches, batches | 1, __ATOMIC_SEQ_CST);
}

void trap_end(void)
{
	__atomic_store_n(&batches, (batches | 1) + 1, __ATOMIC_SEQ_CST);
}

/* trap_ours: may a breakpoint at @addr be one of the batch at hand?  Under the lock. */
bool trap_ours(uintptr_t addr)
{
	const struct dso *dso;

	assert_locked();
	for (dso = batches & 1 ? registry : NULL; dso; dso = dso->next)
		if (dso_contains(dso, (const void *)addr))
			return find_site(dso, addr);
	return false;
}

/*
 * struct question: is the breakpoint another copy's, or one's that it knows?
 *
 * Copies may know each other, so each one tells who is being asked already; a copy is
 * known by where its tables are.  On the stack, as a library that is loaded late may find
 * no room for variables of each thread.
 */
struct question {
	const struct question *outer;
	const struct level *asker;
	bool yes;
};

static bool copies_emulate(const struct question *outer, void *ucontext)
{
	struct question question = { outer, levels, false };
	const struct question *it;
	const struct sigaction *copy;
	unsigned int n;

	for (it = outer; it; it = it->outer)
		if (it->asker == levels)
			return false;
	for (n = 0; !question.yes && (copy = handlers_copy(n)); n++)
		copy->sa_sigaction(HANDLER_EMULATE, (siginfo_t *)&question, ucontext);
	return question.yes;
}

static void answer(struct question *question, void *ucontext, const struct level *level)
{
	question->yes = emulate(level, ucontext) || copies_emulate(question, ucontext);
}

static void on_trap(int sig, siginfo_t *info, void *ucontext, struct level *level)
{
	if (sig == HANDLER_NEWEST)
		level_action(level, ucontext);
	else if (sig == HANDLER_EMULATE)
		answer((struct question *)info, ucontext, level);
	else if (!emulate(level, ucontext) && !copies_emulate(NULL, ucontext))
		level_pass_on(level, sig, info, ucontext);
}

#define ENTRIES(what)	what(0) what(1) what(2) what(3) what(4) what(5) what(6) what(7)	\
			what(8) what(9) what(10) what(11) what(12) what(13) what(14) what(15)
#define ENTRY(n)								\
	static void entry##n(int sig, siginfo_t *info, void *ucontext)		\
	{									\
		on_trap(sig, info, ucontext, &levels[n]);			\
	}
#define NAME(n)	entry##n,

ENTRIES(ENTRY)

void (*const trap_entries[LEVELS])(int, siginfo_t *, void *) = { ENTRIES(NAME) };

/* Which of our entries it is, or -1. */
static int level_of(const struct sigaction *action)
{
	int n;

	for (n = LEVELS - 1; n >= 0; n--)
		if (action->sa_flags & SA_SIGINFO && action->sa_sigaction == trap_entries[n])
			break;
	return n;
}

/*
 * trap_ensure: have SIGTRAP come to us first; 0 or -errno.
 *
 * SA_NODEFER: a handler that we pass a signal on to may call through a site.
 * SA_ONSTACK: the interrupted stack may be too small for a signal frame; but a handler
 * of the program's is to run on the stack that it has asked for, and to be restarted as
 * it has.
 *
 * Under the lock: what is large is static, as an update may be made on a small stack.
 */
int trap_ensure(void)
{
	const int inherited = SA_ONSTACK | SA_RESTART;
	static struct sigaction found;
	int n;

	assert_locked();
	if (sigaction(SIGTRAP, NULL, &found))
		return -EINVAL;
	if (level_of(&found) >= 0)
		return 0;
	n = handlers_level(&found);
	if (n < 0)
		return -EBUSY;

	found.sa_flags = SA_SIGINFO | SA_NODEFER |
			 (handler_is_one(&found) ? found.sa_flags & inherited : inherited);
	found.sa_sigaction = trap_entries[n];
	__builtin_memset(&found.sa_mask, 0, sizeof(found.sa_mask));
	if (sigaction(SIGTRAP, &found, NULL))
		return -EINVAL;
	debug(installed ? "SIGTRAP handler installed again, before the program's own" :
			  "SIGTRAP handler installed");
	installed = true;
	return 0;
}

/* trap_remove: nobody is left to serve; the library itself may be unloaded next. */
void trap_remove(void)
{
	struct sigaction found;
	int n;

	if (!installed || sigaction(SIGTRAP, NULL, &found))
		return;
	n = level_of(&found);
	if (n >= 0)
		sigaction(SIGTRAP, &levels[n].action, NULL);
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
		sys(SYS_sched_yield);
	}
	return false;
}

/* trap_fork_child: handlers of threads that the child does not have. */
void trap_fork_child(void)
{
	__atomic_store_n(&readers, 0, __ATOMIC_SEQ_CST);
}
