/* SPDX-License-Identifier: MIT */
/*
 * commit.c: carry a plan out, all of it or nothing.
 *
 * The order of things:
 *
 * 1. Everything that can fail: a breakpoint handler if one is needed, the
 *    promise of core-synchronizing calls, write access to every piece, and
 *    a look at what it holds.
 * 2. Pointers that become NULL: from here on no test lets anybody through to the call.
 * 3. The pieces, by poke(), which stores the other pointers when its first pass is over:
 *    who has seen the new one in a pointer meets no call of the old one, as the sites are
 *    new by then, or breakpoints that lead to the trampoline, which reads the pointer.
 *
 * Under the lock.
 */
#include "internal.h"

/* Exchange the old and the new. */
static void exchange_slot(struct slot *slot)
{
	void *old = __atomic_load_n(slot->addr, __ATOMIC_RELAXED);

	__atomic_store_n(slot->addr, slot->value, __ATOMIC_SEQ_CST);
	slot->value = old;
	slot->stored = !slot->stored;
}

/* store_slots: those that have not been stored to. */
void store_slots(const struct plan *plan)
{
	struct slot *slot;

	for (slot = plan->slots; slot; slot = slot->todo)
		if (!slot->stored)
			exchange_slot(slot);
}

/* Those that cannot wait for the sites. */
static void store_first(const struct plan *plan)
{
	struct slot *slot;

	for (slot = plan->slots; slot; slot = slot->todo)
		if (!slot->stored && (!slot->value || plan->reads))
			exchange_slot(slot);
}

static void store_back(const struct plan *plan)
{
	struct slot *slot;

	for (slot = plan->slots; slot; slot = slot->todo)
		if (slot->stored)
			exchange_slot(slot);
}

static void exchange_keys(const struct plan *plan)
{
	uintptr_t target;
	struct rkey *key;
	uint8_t form;

	for (key = plan->keys; key; key = key->todo) {
		target = key->target;
		key->target = key->new_target;
		key->new_target = target;
		form = key->form;
		key->form = key->new_form;
		key->new_form = form;
		bodies_exchange(key);
	}
}

/*
 * The sites are half changed and the writer fails: nobody may be left stale.
 *
 * Where it is the cores that cannot be synchronized any more, that is as far as one
 * can go, and right: words are as they were, and a breakpoint, which the others keep,
 * leads to the pointer.
 */
static void roll_back(const struct plan *plan, const struct writer *writer,
		      struct protocol protocol)
{
	struct rkey *key;
	int err;

	store_back(plan);
	exchange_keys(plan);
	protocol.stores = false;
	err = poke(plan, writer, protocol);
	if (err && !sync_failed())
		die("writing to the text failed (%s) in the middle of an update, and so did "
		    "undoing it: %s", writer->name, reasons());
	exchange_keys(plan);
	for (key = plan->keys; key && err; key = key->todo)
		key->target = TARGET_TORN;
}

/*
 * How often in a row there could be no breakpoints, and how often that is for the moment
 * only: milliseconds.  On a busy machine a thread may stay just where it has all blocked.
 */
static unsigned int refused;
#define A_WHILE	50

/*
 * By words where each change is one store of this writer's, else by breakpoints.
 * @risk: these too, though a thread has SIGTRAP blocked.
 *
 * Where a breakpoint would kill a thread that has SIGTRAP blocked, aligned stores
 * serve on every processor.  Intel documents nothing for or against them, but
 * others have long relied on them there: HotSpot changes the displacement of a
 * call that other threads execute by one store inside a cache line.  That goes for
 * the mem writer, too: the kernel copies what is aligned by words.  Nobody promises
 * it, but to die of the breakpoint, or to refuse for as long as that thread lives, is
 * certain.  What others write beside a call just then is lost, though: so that thread has
 * to be there for a while.
 */
static int choose_protocol(const struct plan *plan, const struct writer *writer, bool risk,
			   struct protocol *protocol)
{
	bool words = config.words && writer_words(writer);

	*protocol = (struct protocol){ .words = words, .wide = writer->one_store };
	if (words && !plan->split && (writer->one_store || !plan->opcodes))
		return 0;
	if (config.traps && !trap_blocked() && !trap_ensure()) {
		refused = 0;
		return 0;
	}
	if (!writer->one_store && !risk && refused < A_WHILE && config.traps && plan->patched)
		return -EBUSY;
	if (writer->whole || (!plan->split && (words || config.traps))) {
		*protocol = (struct protocol){ .words = true, .wide = true };
		return 0;
	}
	if (!config.traps)
		return -EACCES;
	/* It may be a thread of libc's own, which never executes a site. */
	return risk ? trap_ensure() : -EBUSY;
}

/* With @writer, whose text is open, or @in_parts. */
static int change(const struct plan *plan, const struct writer *writer,
		  struct protocol protocol, bool in_parts)
{
	/* What has been proven to be written can be read, too. */
	int err = in_parts ? poke_touch(plan, writer) : 0;

	if (!err && in_parts && writer->flush)
		err = writer->flush();
	if (!err)
		err = look(plan);
	if (!err)
		err = poke_bodies(plan, writer);
	if (err)
		return err;

	store_first(plan);
	/*
	 * A trampoline whose slot becomes a nop reads the pointer, and nothing
	 * orders that read after the fetch of the nop on another core.  Nor is
	 * what a body holds there when the branch to it is, without this.
	 */
	err = plan->tramps ? sync_core() : 0;
	if (err) {
		store_back(plan);
		return err;
	}
	protocol.stores = true;
	err = poke(plan, writer, protocol);
	if (err)
		roll_back(plan, writer, protocol);
	else
		exchange_keys(plan);
	return err;
}

/* What is being changed, and what has been opened for it; for a child that is forked then. */
static struct {
	const struct plan *plan;
	const struct writer *writer;
	struct segment *spans;
} current;

/*
 * carry_out_rest: a thread that does not exist any more was carrying this plan out; NULL if
 * none was.  Its keys are to be written anew.  Under the lock.
 */
const struct plan *carry_out_rest(void)
{
	const struct plan *plan = current.plan;

	if (plan)
		current.writer->close(current.spans);
	current.plan = NULL;
	return plan;
}

static int carry_out_by(const struct plan *plan, const struct writer *writer, bool risk)
{
	struct protocol protocol;
	struct segment *spans;
	int err, opened;

	err = choose_protocol(plan, writer, risk, &protocol);
	if (err)
		return err;
	bodies_choose(plan);
	spans = plan_spans(plan);
	current.writer = writer;
	current.spans = spans;
	__atomic_store_n(&current.plan, plan, __ATOMIC_RELEASE);
	opened = writer->open(spans, plan->patched);
	if (opened < 0)
		err = opened;
	else
		err = change(plan, writer, protocol, opened == OPEN_IN_PARTS);
	if (opened >= 0)
		writer->close(spans);
	__atomic_store_n(&current.plan, NULL, __ATOMIC_RELEASE);
	return err;
}

static int by_any_writer(const struct plan *plan, enum resolve resolve, bool risk)
{
	const struct writer *writer;
	bool busy = false;
	unsigned int n;
	int err = -EACCES;

	for (n = 0; (writer = writer_nth(n, resolve != MAY && plan->patched)); n++) {
		err = carry_out_by(plan, writer, risk);
		if (!err)
			return 0;
		debug("writer %s: %s", writer->name, error_name(-err));
		busy |= err == -EBUSY;
	}
	if (busy)
		return -EBUSY;
	return err == -ENOMEM ? -ENOMEM : -EACCES;
}

/*
 * Whom a breakpoint would kill is there, and calls cross words.  If it has been there for a
 * while, all of the text that these are in is changed at once.
 */
static int without_breakpoints(const struct plan *plan, enum resolve resolve)
{
	const struct writer *writer;
	int err = -EACCES;

	if (resolve != SHALL && ++refused <= A_WHILE)
		return -EBUSY;
	writer = writer_whole();
	if (writer)
		err = carry_out_by(plan, writer, false);
	if (!err)
		return 0;
	if (resolve == SHALL)
		return by_any_writer(plan, resolve, true);
	return resolve == MUST ? -EBUSY : err;
}

/*
 * carry_out: store the pointers of @plan and change its pieces, by the first writer that
 * can; or, with -EACCES, -EBUSY or -ENOMEM, nothing.  Under the lock.
 */
int carry_out(const struct plan *plan, enum resolve resolve)
{
	int err;

	assert_locked();
	/* Also a writer that is tried for the first time needs it. */
	if (!sync_ready())
		return -EACCES;
	/* Who calls so has waited, or cannot. */
	if (resolve == SHALL)
		refused = A_WHILE;
	err = by_any_writer(plan, resolve, false);
	if (err != -EBUSY)
		return err;
	/* What stands on its trampoline may stay there. */
	return plan->patched ? without_breakpoints(plan, resolve) : -EACCES;
}
