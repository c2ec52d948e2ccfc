/* SPDX-License-Identifier: MIT */
/*
 * bodies.c: trampolines that hold a far target in their code, in two places.
 *
 * A body is several instructions, so it may be written only while nobody executes it.
 * The trampoline's own instruction, its slot, leads to one of two: an update writes the
 * other one and then, by one store, changes the slot.  A body that comes out of use may
 * be written again after a grace period, in which every thread has been seen elsewhere:
 * membarrier() does not wait for a thread that was preempted in the middle of it.  Only
 * the program can say so; until it does, the slot is a nop and the pointer is read.
 */
#include "internal.h"

/* Counts the grace periods that have begun. */
static uint32_t period;

uintptr_t body_at(const struct rkey *key, unsigned int n)
{
	return arch_body(rkey_tramp(key), n);
}

/* Is the target of @key out of reach of its trampoline's slot? */
static bool far(const struct rkey *key)
{
	enum form form = FORM_DIRECT;
	uintptr_t target;

	if (!key->bodies || key->new_form != FORM_DIRECT)
		return false;
	target = poke_entry(key, key->new_target);
	arch_encode(key->slot_at, ARCH_SLOT, &form, target, rkey_tramp(key));
	return target && form == FORM_TRAMP;
}

static unsigned int unused(const struct rkey *key)
{
	unsigned int n;

	for (n = 1; n <= ARCH_BODIES; n++)
		if (key->body != n && !(key->used & 1u << (n - 1)))
			return n;
	return 0;
}

/* bodies_choose: for each key of @plan the body that its trampoline shall lead to. */
void bodies_choose(const struct plan *plan)
{
	struct rkey *key;

	for (key = plan->keys; ARCH_BODIES && key; key = key->todo)
		key->new_body = far(key) ? unused(key) & 3 : 0;
}

/*
 * bodies_write: the bodies that will be in use, before any slot leads there and before
 * the cores are synchronized.  0, or -errno, and then nobody has noticed.
 */
int bodies_write(const struct plan *plan, const struct writer *writer)
{
	uint32_t code[ARCH_BODY_SIZE / 4];
	const struct rkey *key;
	uintptr_t at;
	int err = 0;

	for (key = plan->keys; ARCH_BODIES && key && !err; key = key->todo) {
		if (!key->new_body)
			continue;
		at = body_at(key, key->new_body);
		arch_body_code(code, key->new_target);
		if (writer->write)
			err = writer->write(at, code, sizeof(code));
		else
			__builtin_memcpy((void *)at, code, sizeof(code));
	}
	if (ARCH_BODIES && !err && writer->flush)
		err = writer->flush();
	for (key = plan->keys; ARCH_BODIES && key && !err; key = key->todo)
		if (key->new_body)
			arch_flush(body_at(key, key->new_body),
				   body_at(key, key->new_body) + ARCH_BODY_SIZE);
	return err;
}

/* bodies_exchange: the slot of @key has changed; what it led to is to be left alone. */
void bodies_exchange(struct rkey *key)
{
	unsigned int body = key->body;

	if (!ARCH_BODIES || body == key->new_body)
		return;
	if (body) {
		key->used |= (1u << (body - 1)) & 3;
		key->retired = period;
	}
	key->body = key->new_body;
	key->new_body = body & 3;
}

/* Did the last body of @key come out of use before this grace period? */
static bool retired_before(const struct rkey *key, uint32_t when)
{
	return key->used && (int32_t)(key->retired - when) < 0;
}

static bool any_retired(uint32_t when)
{
	const struct rkey *key;
	const struct dso *dso;

	for (dso = registry; dso; dso = dso->next)
		for (key = dso->keys; key < dso->keys + dso->nkeys; key++)
			if (retired_before(key, when))
				return true;
	return false;
}

/* What could not have a body for want of one gets it now. */
static int release(uint32_t when)
{
	struct plan plan;
	struct rkey *key;
	struct dso *dso;

	plan_init(&plan);
	for (dso = registry; dso; dso = dso->next) {
		for (key = dso->keys; key < dso->keys + dso->nkeys; key++) {
			if (!retired_before(key, when))
				continue;
			key->used = 0;
			key->new_form = key->form;
			key->new_target = key->target;
			if (!key->body && far(key) && !dso->departed)
				plan_again(&plan, key);
		}
	}
	return plan_commit(&plan, MAY);
}

/*
 * static_call_grace_period: @wait() returns when every thread has been outside of all
 * trampolines since it was called.  What came out of use before may be used again then.
 */
int static_call_grace_period(void (*wait)(void))
{
	sigset_t saved;
	uint32_t when;
	bool any;
	int err;

	if (!ARCH_BODIES)
		return 0;
	lock(&saved);
	when = ++period;
	any = any_retired(when);
	unlock(&saved);
	if (!any)
		return 0;

	wait();

	lock(&saved);
	err = release(when);
	unlock(&saved);
	return err;
}
