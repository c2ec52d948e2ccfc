/* SPDX-License-Identifier: MIT */
/*
 * update.c: one pointer, or the pointers of one object, get new targets.
 */
#include "internal.h"

bool sealed;

/* Under the lock. */
static int update_one(volatile void *addr, void *func, bool must)
{
	struct slot *slot = slot_find(addr);
	struct plan plan;

	if (sealed)
		return -EPERM;
	counters.updates++;
	if (!slot) {
		/* No calls of it are known, or none yet. */
		__atomic_store_n((void *volatile *)addr, func, __ATOMIC_SEQ_CST);
		return 0;
	}
	plan_init(&plan);
	plan_slot(&plan, slot, func);
	return plan_commit(&plan, must);
}

/*
 * __static_call_update: what static_call_update() calls.
 *
 * Returns 0, -EPERM, -EACCES or -ENOMEM.  Any thread, any signal handler.
 */
int __static_call_update(volatile void *addr, void *func)
{
	sigset_t saved;
	int err;

	lock(&saved);
	err = update_one(addr, func, false);
	unlock(&saved);
	return err;
}

static const char *name_of(const struct slot *slot)
{
	const struct static_call_key *key;

	if (!slot || !slot->keys)
		return "?";
	key = slot->keys->key;
	return (const char *)self_relative(&key->name);
}

static void __attribute__((noreturn)) cannot_store(const char *name, const void *addr, int err)
{
	if (err == -EPERM)
		die("assignment to the static call %s (at %p) after static_call_seal()", name, addr);
	die("assignment to the static call %s (at %p): its patched calls cannot be changed, as "
	    "neither mprotect() nor /proc/self/mem can write to the text; call "
	    "static_call_update(), which can report that", name, addr);
}

/*
 * __static_call_store: what the plugin makes of `fp = func;`.
 *
 * As an update, but as an assignment cannot fail, it ends the process rather
 * than leave a call on a stale target.
 */
void __static_call_store(volatile void *addr, void *func)
{
	sigset_t saved;
	int err;

	lock(&saved);
	err = update_one(addr, func, true);
	if (err)
		cannot_store(name_of(slot_find(addr)), (void *)(uintptr_t)addr, err);
	unlock(&saved);
}

static void follow(struct slot *slot, void *plan)
{
	plan_slot(plan, slot, __atomic_load_n(slot->addr, __ATOMIC_ACQUIRE));
	counters.updates++;
}

/*
 * __static_call_sync: what the plugin calls after an assignment to a whole
 * object that marked pointers are in: @size bytes from @addr have changed.
 */
void __static_call_sync(const volatile void *addr, size_t size)
{
	struct plan plan;
	sigset_t saved;
	int err = 0;

	lock(&saved);
	plan_init(&plan);
	slots_in(addr, size, follow, &plan);
	if (plan.slots) {
		err = sealed ? -EPERM : plan_commit(&plan, true);
		if (err)
			cannot_store(name_of(plan.slots), (void *)(uintptr_t)addr, err);
	}
	unlock(&saved);
}

void static_call_seal(void)
{
	sigset_t saved;

	lock(&saved);
	sealed = true;
	unlock(&saved);
}
