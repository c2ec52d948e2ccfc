/* SPDX-License-Identifier: MIT */
/*
 * plan.c: pointers that change together, and all sites that must follow.
 *
 * Everything is linked through the registry's own entries, so that a plan costs
 * no memory.  Under the lock, from its first pointer to its commit.
 */

#include "internal.h"

void plan_init(struct plan *plan)
{
	*plan = (struct plan){ .slots_end = &plan->slots, .keys_end = &plan->keys };
}

/* plan_slot: have @slot become @value; of several calls the last one counts.  Under the lock. */
void plan_slot(struct plan *plan, struct slot *slot, void *value)
{
	assert_locked();
	slot->value = value;
	if (slot->planned)
		return;
	slot->planned = true;
	slot->stored = false;
	slot->todo = NULL;
	*plan->slots_end = slot;
	plan->slots_end = &slot->todo;
}

static bool out_of_reach(uintptr_t site, uintptr_t target)
{
	enum form form = FORM_DIRECT;

	arch_encode(site, ARCH_CALL, &form, target, site);
	return form == FORM_TRAMP;
}

/*
 * Can no site of @key hold @target, nor its trampoline?  Sites are in order.  Such ones are
 * left alone, and with them the pages that they are on: in a program that is most of what
 * goes to shared libraries.
 */
static bool beyond_reach(const struct rkey *key, uintptr_t target)
{
	uintptr_t first, last;

	if (key->slot_at || !key->count)
		return false;
	first = rkey_site(key, 0);
	last = rkey_site(key, key->count - 1);
	return (target < first || target > last) && out_of_reach(first, target) &&
	       out_of_reach(last, target);
}

static enum form form_for(const struct rkey *key, const void *value)
{
	if (key->slot->escaped)
		return FORM_TRAMP;
	/* A call that C means faults: as the trampoline's own jump does. */
	if (!value)
		return key->key->flags & STATIC_CALL_KEY_COND ? FORM_NOP : FORM_TRAMP;
	/* As programs see its address, which may be that of a PLT entry. */
	if (value == (const void *)__static_call_return0)
		return FORM_RET0;
	return beyond_reach(key, (uintptr_t)value) ? FORM_TRAMP : FORM_DIRECT;
}

static void plan_form(struct plan *plan, struct rkey *key, enum form form, uintptr_t target)
{
	assert_locked();
	if (!(key->count || key->slot_at))
		return;
	key->new_form = form;
	key->new_target = target;
	key->todo = NULL;
	*plan->keys_end = key;
	plan->keys_end = &key->todo;
	plan->split |= key->split || (key->target == TARGET_TORN && config.traps);
	plan->opcodes |= arch_opcode(key->form, form);
	plan->patched |= key->patched != 0 || (key->slot_at && key->form == FORM_DIRECT);
	plan->tramps |= key->slot_at != 0;
	plan->reads |= key->slot_at && (key->form == FORM_DIRECT || key->target == TARGET_TORN);
}

static uintptr_t target_for(enum form form, const void *value)
{
	return form == FORM_TRAMP ? 0 : (uintptr_t)value;
}

static bool follows(const struct rkey *key, const void *value)
{
	enum form form = form_for(key, value);

	return key->form == form && key->target == target_for(form, value);
}

/* plan_key: have the sites of @key follow @value, if they do not already.  Under the lock. */
void plan_key(struct plan *plan, struct rkey *key, void *value)
{
	enum form form = form_for(key, value);

	if (!follows(key, value) || key->left)
		plan_form(plan, key, form, target_for(form, value));
}

/* plan_unpatch: put the sites of @key back on their trampoline.  Under the lock. */
void plan_unpatch(struct plan *plan, struct rkey *key)
{
	if (key->form != FORM_TRAMP || key->left || key->target == TARGET_TORN)
		plan_form(plan, key, FORM_TRAMP, 0);
}

/* plan_again: have @key take the best way to its target that there is now.  Under the lock. */
void plan_again(struct plan *plan, struct rkey *key)
{
	plan_form(plan, key, key->form, key->target);
}

/*
 * plan_commit: all of it or, with -EACCES, -EBUSY or -ENOMEM, nothing.  Under the lock.
 */
int plan_commit(struct plan *plan, enum resolve resolve)
{
	struct slot *slot;
	struct rkey *key;
	int err = 0;

	assert_locked();
	for (slot = plan->slots; slot; slot = slot->todo) {
		slot->planned = false;
		for (key = slot->keys; key; key = key->next)
			plan_key(plan, key, slot->value);
	}

	if (plan->keys)
		err = carry_out(plan, resolve);
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
 * plan_follow: what handlers have stored to pointers in the middle of an update.
 *
 * @again: and they do it in the middle of this, too: what is on its trampoline is right
 * whatever they store, and so there is an end to it.  Under the lock.
 */
void plan_follow(bool again)
{
	struct plan plan;
	struct rkey *key;
	struct dso *dso;
	void *value;

	plan_init(&plan);
	for (dso = registry; dso; dso = dso->next) {
		for (key = dso->keys; !dso->departed && key < dso->keys + dso->nkeys; key++) {
			if (key->left_alone)
				continue;
			value = __atomic_load_n(key->slot->addr, __ATOMIC_ACQUIRE);
			if (!again)
				plan_key(&plan, key, value);
			else if (!follows(key, value))
				plan_unpatch(&plan, key);
		}
	}
	if (plan.keys && plan_commit(&plan, SHALL) && plan.patched)
		die("a signal handler has assigned to a static call in the middle of an update, "
		    "and its patched calls cannot be changed");
}

static void unplan(struct slot *slot, void *arg)
{
	(void)arg;
	slot->planned = false;
}

/* Whose calls are not where their pointer, or the registry, now says. */
static void plan_rest(struct plan *plan)
{
	struct rkey *key;
	struct dso *dso;
	void *value;

	for (dso = registry; dso; dso = dso->next) {
		for (key = dso->keys; !dso->departed && key < dso->keys + dso->nkeys; key++) {
			if (key->left_alone)
				continue;
			value = __atomic_load_n(key->slot->addr, __ATOMIC_ACQUIRE);
			if (!follows(key, value))
				plan_key(plan, key, value);
		}
	}
}

/*
 * plan_settle: this is a child that was forked while another thread, which it does not have,
 * was planning or carrying out.  What may be half changed is written anew, and what handlers
 * have stored to pointers meanwhile is followed.  Under the lock.
 */
void plan_settle(void)
{
	const struct plan *rest = carry_out_rest();
	struct plan plan;
	struct rkey *key;

	for (key = rest ? rest->keys : NULL; key; key = key->todo)
		key->target = TARGET_TORN;	/* so it is planned, and not looked at */
	registry_settle();
	slots_in(NULL, SIZE_MAX, unplan, NULL);
	plan_init(&plan);
	plan_rest(&plan);
	plan.patched |= rest != NULL;	/* perhaps: how far it has come nobody knows */
	if (plan.keys && plan_commit(&plan, SHALL) && plan.patched)
		die("forked in the middle of an update, which cannot be carried out here");
	trap_end();
}

/*
 * patiently: @attempt, under the lock, until it returns other than -EBUSY.
 *
 * Who has SIGTRAP blocked often has it for a moment only: a thread that starts,
 * or that forks.  After 0.1 s the last attempt is made with resolve @most.
 * Returns what the last attempt does.  In a handler that has interrupted an update of
 * its own thread it is -EBUSY at once.
 */
int patiently(int (*attempt)(void *what, enum resolve resolve), void *what, enum resolve most)
{
	const struct sys_timespec pause = { .tv_nsec = 1000 * 1000 };
	enum resolve resolve = most == MAY ? MAY : MUST;
	unsigned int tries;
	struct signals saved;
	int err;

	if (lock_nested())
		return -EBUSY;
	for (tries = 0;; tries++) {
		if (tries == 100)
			resolve = most;
		lock(&saved);
		err = attempt(what, resolve);
		unlock(&saved);
		if (err != -EBUSY || tries == 100)
			return err;
		sys(SYS_nanosleep, &pause, NULL);
	}
}
