/* SPDX-License-Identifier: MIT */
/*
 * plan.c: pointers that change together, and all sites that must follow.
 *
 * Everything is linked through the registry's own entries, so that a plan costs
 * no memory.  Under the lock.
 *
 * The order of things in a commit:
 *
 * 1. Everything that can fail: a breakpoint handler if one is needed, the
 *    promise of core-synchronizing calls, write access to every page.
 * 2. The pointers.  From here on trampolines reach the new target, and so does
 *    a thread that meets a breakpoint.
 * 3. The sites, by poke().
 */
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"

void plan_init(struct plan *plan)
{
	*plan = (struct plan){ .slots_end = &plan->slots, .keys_end = &plan->keys };
}

/* plan_slot: have @slot become @value; of several calls the last one counts. */
void plan_slot(struct plan *plan, struct slot *slot, void *value)
{
	slot->value = value;
	if (slot->planned)
		return;
	slot->planned = true;
	slot->todo = NULL;
	*plan->slots_end = slot;
	plan->slots_end = &slot->todo;
}

static enum form form_for(const struct slot *slot, const void *value)
{
	if (slot->escaped)
		return FORM_TRAMP;
	if (!value)
		return FORM_NOP;
	/* As programs see its address, which may be that of a PLT entry. */
	return value == (const void *)__static_call_return0 ? FORM_RET0 : FORM_DIRECT;
}

static void plan_form(struct plan *plan, struct rkey *key, enum form form, uintptr_t target)
{
	if (!(key->count || key->slot_at))
		return;
	key->new_form = form;
	key->new_target = target;
	key->todo = NULL;
	*plan->keys_end = key;
	plan->keys_end = &key->todo;
	plan->split |= key->split != 0;
	plan->patched |= key->patched != 0 || (key->slot_at && key->form == FORM_DIRECT);
	plan->tramps |= key->slot_at != 0;
}

/* plan_key: have the sites of @key follow @value, if they do not already. */
void plan_key(struct plan *plan, struct rkey *key, void *value)
{
	enum form form = form_for(key->slot, value);
	uintptr_t target = form == FORM_TRAMP ? 0 : (uintptr_t)value;

	if (key->form != form || key->target != target)
		plan_form(plan, key, form, target);
}

/* plan_unpatch: put the sites of @key back on their trampoline. */
void plan_unpatch(struct plan *plan, struct rkey *key)
{
	if (key->form != FORM_TRAMP)
		plan_form(plan, key, FORM_TRAMP, 0);
}

/* plan_again: have @key take the best way to its target that there is now. */
void plan_again(struct plan *plan, struct rkey *key)
{
	plan_form(plan, key, key->form, key->target);
}

/* add_span: what of [@lo, @hi) lies in executable segments of @dso. */
static struct segment *add_span(struct segment *spans, struct dso *dso, uintptr_t lo, uintptr_t hi)
{
	struct segment *seg;

	for (seg = dso->segments; seg < dso->segments + dso->nsegments; seg++) {
		if (hi <= seg->start || lo >= seg->end)
			continue;
		if (!seg->hi) {
			seg->lo = UINTPTR_MAX;
			seg->todo = spans;
			spans = seg;
		}
		if (seg->lo > lo)
			seg->lo = lo > seg->start ? lo : seg->start;
		if (seg->hi < hi)
			seg->hi = hi < seg->end ? hi : seg->end;
	}
	return spans;
}

/* Which part of which segments: from the first to the last site, never across a gap. */
static struct segment *plan_spans(const struct plan *plan)
{
	struct segment *spans = NULL, *seg;
	const struct rkey *key;
	struct dso *dso;

	for (dso = registry; dso; dso = dso->next)
		for (seg = dso->segments; seg < dso->segments + dso->nsegments; seg++)
			seg->lo = seg->hi = 0;

	for (key = plan->keys; key; key = key->todo) {
		dso = key->dso;
		if (key->count)
			spans = add_span(spans, dso, rkey_site(key, 0),
					 rkey_site(key, key->count - 1) + ARCH_SITE_MAX);
		if (key->slot_at)
			spans = add_span(spans, dso, key->slot_at, key->slot_at + ARCH_SITE_MAX);
		if (key->new_body)
			spans = add_span(spans, dso, body_at(key, key->new_body),
					 body_at(key, key->new_body) + ARCH_BODY_SIZE);
	}
	return spans;
}

/* Exchange the old and the new; twice is nothing. */
static void store_slots(const struct plan *plan)
{
	struct slot *slot;
	void *old;

	for (slot = plan->slots; slot; slot = slot->todo) {
		old = __atomic_load_n(slot->addr, __ATOMIC_RELAXED);
		__atomic_store_n(slot->addr, slot->value, __ATOMIC_SEQ_CST);
		slot->value = old;
	}
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

/* The sites are half changed and the writer fails: nobody may be left stale. */
static void roll_back(const struct plan *plan, const struct writer *writer, bool words)
{
	store_slots(plan);
	exchange_keys(plan);
	if (poke(plan, writer, words))
		die("writing to the text failed (%s) in the middle of an update, and so did "
		    "undoing it", writer->name);
	exchange_keys(plan);
}

/*
 * @words: aligned stores for all sites that lie in one word, else breakpoints.
 *
 * Where a breakpoint would kill a thread that has SIGTRAP blocked, aligned stores
 * serve on every processor.  Intel documents nothing for or against them, but
 * others have long relied on them there: HotSpot changes the displacement of a
 * call that other threads execute by one store inside a cache line.
 */
static int choose_protocol(const struct plan *plan, const struct writer *writer,
			   enum resolve resolve, bool *words)
{
	*words = config.words && writer_words(writer);
	if (*words && !plan->split)
		return 0;
	if (!config.traps)
		return -EACCES;
	if (!trap_blocked())
		return trap_ensure();
	if (!plan->split && writer->one_store) {
		*words = true;
		return 0;
	}
	/* It may be a thread of libc's own, which never executes a site. */
	return resolve == SHALL ? trap_ensure() : -EBUSY;
}

static int carry_out(const struct plan *plan, const struct writer *writer, enum resolve resolve)
{
	struct segment *spans;
	bool words;
	int err;

	err = choose_protocol(plan, writer, resolve, &words);
	if (err)
		return err;
	bodies_choose(plan);
	spans = plan_spans(plan);
	err = writer->open(spans);
	if (err)
		return err;
	if (writer->touch)
		err = poke_touch(plan, writer);
	if (!err)
		err = bodies_write(plan, writer);
	if (!err) {
		store_slots(plan);
		/*
		 * A trampoline whose slot becomes a nop reads the pointer, and nothing
		 * orders that read after the fetch of the nop on another core.  Nor is
		 * what a body holds there when the branch to it is, without this.
		 */
		if (plan->tramps)
			sync_core();
		err = poke(plan, writer, words);
		if (err)
			roll_back(plan, writer, words);
		else
			exchange_keys(plan);
	}
	writer->close(spans);
	return err;
}

static int carry_out_somehow(const struct plan *plan, enum resolve resolve)
{
	const struct writer *writer;
	bool busy = false;
	unsigned int n;
	int err = -EACCES;

	/* Also a writer that is tried for the first time needs it. */
	if (!sync_ready())
		return err;
	for (n = 0; (writer = writer_nth(n, resolve != MAY && plan->patched)); n++) {
		err = carry_out(plan, writer, resolve);
		if (!err)
			return 0;
		debug("writer %s: error %d", writer->name, -err);
		busy |= err == -EBUSY;
	}
	if (busy)
		return -EBUSY;
	return err == -ENOMEM ? -ENOMEM : -EACCES;
}

/*
 * plan_commit: all of it or, with -EACCES, -EBUSY or -ENOMEM, nothing.
 */
int plan_commit(struct plan *plan, enum resolve resolve)
{
	struct slot *slot;
	struct rkey *key;
	int err = 0;

	for (slot = plan->slots; slot; slot = slot->todo) {
		slot->planned = false;
		for (key = slot->keys; key; key = key->next)
			plan_key(plan, key, slot->value);
	}

	if (plan->keys)
		err = carry_out_somehow(plan, resolve);
	else
		store_slots(plan);

	/* Sites that all stand on their trampolines are right without a change. */
	if (err && !plan->patched && plan->slots) {
		store_slots(plan);
		err = 0;
	}
	return err;
}

/*
 * patiently: @attempt, under the lock, until it returns other than -EBUSY.
 *
 * Who has SIGTRAP blocked often has it for a moment only: a thread that starts,
 * or that forks.  After 0.1 s the last attempt is made with resolve @most.
 * Returns what the last attempt does.
 */
int patiently(int (*attempt)(void *what, enum resolve resolve), void *what, enum resolve most)
{
	const struct sys_timespec pause = { .tv_nsec = 1000 * 1000 };
	enum resolve resolve = most == MAY ? MAY : MUST;
	unsigned int tries;
	sigset_t saved;
	int err;

	for (tries = 0;; tries++) {
		if (tries == 100)
			resolve = most;
		lock(&saved);
		err = attempt(what, resolve);
		unlock(&saved);
		if (err != -EBUSY || tries == 100)
			return err;
		/* Not nanosleep(), which is a point of cancellation. */
		syscall(SYS_nanosleep, &pause, NULL);
	}
}
