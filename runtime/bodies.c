/* SPDX-License-Identifier: MIT */
/*
 * bodies.c: trampolines that hold a far target in their code, in two places.
 *
 * A body is several instructions, so it may be written only while nobody executes it.
 * The trampoline's own instruction, its slot, leads to one of two: an update writes the
 * other one and then, by one store, changes the slot.  A body that comes out of use may
 * be written again after a grace period, in which every thread has been seen elsewhere:
 * membarrier() does not wait for a thread that was preempted in the middle of it.  Only
 * the program can say so, see grace.c; until it does, the slot is a nop and the pointer
 * is read.
 *
 * Here is which body is in use.  They are written as all other pieces are.
 */
#include "walk.h"

/* Counts the grace periods that have begun. */
static uint32_t period;

uintptr_t body_at(const struct rkey *key, unsigned int n)
{
	return arch_body(rkey_tramp(key), n);
}

/* Is @target out of reach of the slot of @key's trampoline? */
static bool far(const struct rkey *key, enum form form, uintptr_t target)
{
	if (!key->bodies || form != FORM_DIRECT)
		return false;
	target = rkey_entry(key, target);
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

/*
 * bodies_choose: for each key of @plan the body that its trampoline shall lead to.
 * Under the lock.
 */
void bodies_choose(const struct plan *plan)
{
	struct rkey *key;

	assert_locked();
	for (key = plan->keys; ARCH_BODIES && key; key = key->todo)
		key->new_body = far(key, key->new_form, key->new_target) ? unused(key) & 3 : 0;
}

/*
 * bodies_exchange: the slot of @key has changed; what it led to is to be left alone.
 * Under the lock.
 */
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

/* bodies_begin: a grace period begins; its number.  Under the lock. */
uint32_t bodies_begin(void)
{
	assert_locked();
	return ++period;
}

/* bodies_retired: did the last body of @key come out of use before this grace period? */
bool bodies_retired(const struct rkey *key, uint32_t when)
{
	return key->used && (int32_t)(key->retired - when) < 0;
}

/*
 * bodies_release: the grace period of those that are out of use is over.  Returns
 * whether @key had none for want of one.  Under the lock.
 */
bool bodies_release(struct rkey *key)
{
	key->used = 0;
	return !key->body && far(key, key->form, key->target);
}
