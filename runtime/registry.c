/* SPDX-License-Identifier: MIT */
/*
 * registry.c: executables and shared libraries come and go.
 *
 * Each has its own constructor and destructor for this, in dso.c.
 */
#include "internal.h"

/* Newest first; changed under the lock, read by the SIGTRAP handler without. */
struct dso *registry;

/* Early, for sync_init() is cheap only as long as there is one thread. */
static __attribute__((constructor(101))) void start(void)
{
	init();
}

static struct dso *dso_new(struct static_call_dso *desc)
{
	struct dso *dso = map_memory(sizeof(*dso));

	if (!dso)
		return NULL;
	dso->desc = desc;
	if (!dso_layout(dso)) {
		say("the descriptor at %p lies in no loaded object: its calls stay on their "
		    "trampolines", (void *)desc);
		unmap_memory(dso, sizeof(*dso));
		return NULL;
	}
	return dso;
}

static void dso_free(struct dso *dso)
{
	unmap_memory(dso->sites, dso->mapped);
	unmap_memory(dso, sizeof(*dso));
}

static bool abi_known(const struct static_call_dso *desc)
{
	struct dso dso = { .desc = (struct static_call_dso *)(uintptr_t)desc };

	if (desc->abi == STATIC_CALL_ABI && desc->size >= sizeof(*desc))
		return true;
	say("%s has static calls of ABI %u, this library knows %u: they work, but as plain "
	    "indirect calls; link it with the matching libstaticcall",
	    dso_layout(&dso) ? dso.name : "an object", desc->abi, STATIC_CALL_ABI);
	return false;
}

/*
 * purge: free what has departed.
 *
 * Not when it does: at exit() a library is unregistered while other threads run
 * on, and one of them may have met a breakpoint whose handler has yet to start.
 * When the next library comes, that is long ago.
 */
static void purge(void)
{
	struct dso **link = &registry, *departed = NULL, *dso;

	while ((dso = *link)) {
		if (!dso->departed) {
			link = &dso->next;
			continue;
		}
		__atomic_store_n(link, dso->next, __ATOMIC_SEQ_CST);
		dso->purged = departed;
		departed = dso;
	}
	if (!departed || !trap_quiesce())
		return;
	while ((dso = departed)) {
		departed = dso->purged;
		dso_free(dso);
	}
}

static int enter(struct dso *dso, struct plan *plan)
{
	struct rkey *key;
	int err;

	err = slots_reserve(dso->nkeys);
	if (!err)
		err = escapes_add(dso, plan);
	if (err)
		return err;

	/* escapes_add() may have used up what had been reserved. */
	err = slots_reserve(dso->nkeys);
	if (err)
		return err;
	for (key = dso->keys; key < dso->keys + dso->nkeys; key++) {
		key->slot = slot_get(key->key->slot);
		key->slot->escaped |= escapes_cover(key->slot->addr);
		key->next = key->slot->keys;
		key->slot->keys = key;
		plan_key(plan, key, __atomic_load_n(key->slot->addr, __ATOMIC_ACQUIRE));
	}
	/* Before any breakpoint can be met. */
	dso->next = registry;
	__atomic_store_n(&registry, dso, __ATOMIC_RELEASE);
	return 0;
}

/*
 * __static_call_register: take in the sites of the DSO that @desc describes,
 * and have them call their pointers' current targets, as one batch.
 *
 * Where that cannot be done they stay on their trampolines, which is correct.
 * For dso.c alone.
 */
void __static_call_register(struct static_call_dso *desc)
{
	KEEP_ERRNO;
	struct plan plan;
	sigset_t saved;
	struct dso *dso;
	int err;

	init();
	if (!abi_known(desc))
		return;
	dso = dso_new(desc);
	if (!dso)
		return;
	if (!desc->sites)
		debug("%s has no site table: link it with -Wl,-T,staticcall.ld", dso->name);
	err = dso_tables(dso);

	lock(&saved);
	purge();
	plan_init(&plan);
	if (!err)
		err = enter(dso, &plan);
	if (!err) {
		desc->runtime = dso;
		debug("%s: %u sites of %u pointers", dso->name, dso->nsites, dso->nkeys);
		if (plan_commit(&plan, SHALL)) {
			if (plan.patched)
				die("%s lets out the address of a pointer whose calls have been "
				    "patched, and they cannot be changed back", dso->name);
			say("%s: the text cannot be changed: its calls stay on their trampolines",
			    dso->name);
		}
	}
	unlock(&saved);

	if (err) {
		say("no memory for the call sites of %s: they stay on their trampolines",
		    dso->name);
		dso_free(dso);
	}
}

static void leave(struct dso *dso)
{
	struct rkey *key, **link;

	for (key = dso->keys; key < dso->keys + dso->nkeys; key++) {
		for (link = &key->slot->keys; *link != key; link = &(*link)->next)
			;
		*link = key->next;
		if (!key->slot->keys && !key->slot->escaped)
			slot_put(key->slot);
	}
	escapes_drop(dso);
	dso->departed = true;
}

/*
 * __static_call_unregister: forget the DSO, which is being unloaded, or the
 * process ends.  From here on its calls go through their trampolines.
 *
 * The program itself stays: nothing unloads it, and at exit() other threads may
 * still make updates and execute its sites.
 */
void __static_call_unregister(struct static_call_dso *desc)
{
	struct dso *dso = desc->runtime;
	KEEP_ERRNO;
	struct rkey *key;
	struct plan plan;
	sigset_t saved;

	if (!dso || dso->program)
		return;

	lock(&saved);
	plan_init(&plan);
	for (key = dso->keys; key < dso->keys + dso->nkeys; key++)
		plan_unpatch(&plan, key);
	if (plan_commit(&plan, SHALL))
		say("%s is unloaded with patched calls: the text cannot be changed any more",
		    dso->name);
	leave(dso);
	desc->runtime = NULL;
	debug("%s: unregistered", dso->name);
	/* This library, in its static form, may be a part of what is unloaded. */
	if (dso_contains(dso, (void *)(uintptr_t)trap_remove))
		trap_remove();
	unlock(&saved);
}
