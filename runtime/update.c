/* SPDX-License-Identifier: MIT */
/*
 * update.c: one pointer, or the pointers of one object, get new targets.
 */
#include "internal.h"

bool sealed;

struct update {
	volatile void *slot;
	void *func;
};

/*
 * touch_slot: may it be stored to?  Where not, this thread gets its signal here, as plain
 * C would have it: not under the lock, and its handler may do anything, or leave by a jump.
 */
void touch_slot(volatile void *addr)
{
	if (!sealed && (uintptr_t)addr % sizeof(uintptr_t) == 0)
		__atomic_fetch_or((volatile uintptr_t *)addr, 0, __ATOMIC_RELAXED);
}

static int update_one(void *what, enum resolve resolve)
{
	const struct update *update = what;
	struct slot *slot = slot_find(update->slot);
	struct plan plan;
	int err;

	if (sealed)
		return -EPERM;
	plan_init(&plan);
	if (slot)
		plan_slot(&plan, slot, update->func);
	else	/* No calls of it are known, or none yet. */
		__atomic_store_n((void *volatile *)update->slot, update->func,
				 __ATOMIC_SEQ_CST);
	err = plan_commit(&plan, resolve);
	counters.updates += !err;
	return err;
}

/*
 * __static_call_update: what static_call_update() calls.
 *
 * Returns 0, -EPERM, -EACCES, -EBUSY or -ENOMEM.  Any thread, any signal handler.
 */
ARCH_ANY_STACK int __static_call_update(volatile void *addr, void *func)
{
	if (early_store(addr, func))
		return 0;
	touch_slot(addr);
	return patiently(update_one, &(struct update){ addr, func }, MAY);
}

/* cannot_store: an assignment to @addr cannot be carried out. */
void __attribute__((noreturn)) cannot_store(const volatile void *addr, int err)
{
	const void *at = (const void *)(uintptr_t)addr;
	const char *name = "?";
	const struct slot *slot;
	struct signals saved;

	lock(&saved);
	slot = slot_find(addr);
	if (slot && slot->keys)
		name = (const char *)self_relative(&slot->keys->key->name);
	if (err == -EPERM)
		die("assignment to the static call %s (at %p) after static_call_seal()", name, at);
	die("assignment to the static call %s (at %p): its patched calls cannot be changed: %s. "
	    "static_call_update() could report that", name, at, reasons());
}

/*
 * Of a pointer that nobody calls.  False where somebody does, or may have come meanwhile: then
 * it is to be stored once more.
 */
static bool store_uncalled(volatile void *addr, void *func)
{
	if (slots_perhaps(addr, sizeof(func)))
		return false;
	__atomic_store_n((void *volatile *)addr, func, __ATOMIC_SEQ_CST);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return !slots_perhaps(addr, sizeof(func));
}

/*
 * __static_call_store: what the plugin makes of `fp = func;`.
 *
 * As an update, but as an assignment cannot fail, it ends the process rather
 * than leave a call on a stale target.  In a handler that has interrupted an update of
 * its own thread, calls follow at the end of that.
 */
ARCH_ANY_STACK void __static_call_store(volatile void *addr, void *func)
{
	int err;

	if (early_store(addr, func) || (!sealed && store_uncalled(addr, func)))
		return;
	touch_slot(addr);
	if (lock_nested() && !sealed) {
		__atomic_store_n((void *volatile *)addr, func, __ATOMIC_SEQ_CST);
		lock_behind();
		return;
	}
	err = patiently(update_one, &(struct update){ addr, func }, SHALL);
	if (err)
		cannot_store(addr, err);
}

/* @first: the first of its pointers that calls are known of. */
struct object {
	const volatile void *addr, *first;
	size_t size;
};

/* Of what nobody calls only the address is known: it may be a constant, or smaller than a pointer. */
static void follow(struct slot *slot, void *plan)
{
	if (slot->keys)
		plan_slot(plan, slot, __atomic_load_n(slot->addr, __ATOMIC_ACQUIRE));
}

static int update_object(void *what, enum resolve resolve)
{
	struct object *object = what;
	const struct slot *slot;
	struct plan plan;
	int err;

	plan_init(&plan);
	slots_in(object->addr, object->size, follow, &plan);
	if (!plan.slots)
		return 0;
	object->first = plan.slots->addr;
	if (sealed)
		return -EPERM;
	err = plan_commit(&plan, resolve);
	for (slot = plan.slots; slot; slot = slot->todo)
		counters.updates += !err;
	return err;
}

/*
 * __static_call_sync: what the plugin calls after an assignment to a whole
 * object that marked pointers are in: @size bytes from @addr have changed.
 */
ARCH_ANY_STACK void __static_call_sync(const volatile void *addr, size_t size)
{
	struct object object = { addr, addr, size };
	int err;

	/* Most of what merely fits a wildcard nobody calls. */
	if (early() || !slots_perhaps(addr, size))
		return;
	if (lock_nested()) {
		lock_behind();
		return;
	}
	err = patiently(update_object, &object, SHALL);
	if (err)
		cannot_store(object.first, err);
}

void static_call_seal(void)
{
	struct signals saved;

	lock(&saved);
	sealed = true;
	unlock(&saved);
}
