/* SPDX-License-Identifier: MIT */
/*
 * registry.c: executables and shared libraries come and go.
 *
 * Each has its own constructor and destructor for this, in dso.c.
 */
#include <stdio.h>

#include "internal.h"

/* Newest first; changed under the lock, read by the SIGTRAP handler without. */
struct dso *registry;

/*
 * What tables say and what text holds is being changed, and it counts only when all is done.
 * A child that is forked meanwhile has nobody to bring it there, see registry_settle().
 */
static bool changing;

/* begin, end: the lock is held for such a change. */
static void begin(struct signals *saved)
{
	lock(saved);
	__atomic_store_n(&changing, true, __ATOMIC_SEQ_CST);
}

static void end(const struct signals *saved)
{
	__atomic_store_n(&changing, false, __ATOMIC_SEQ_CST);
	unlock(saved);
}

/* Early, for sync_init() is cheap only as long as there is one thread. */
static __attribute__((constructor(101))) void start(void)
{
	early_end();
	init();
}

/* Why it is not known what a DSO may change unseen. */
static const char no_memory[] = "has static calls that there is no memory for",
	no_bounds[] = "is linked without -lstaticcall";

static void dso_free(struct dso *dso)
{
	unmap_memory(dso->escapes, dso->escapes_size);
	unmap_memory(dso->sites, dso->mapped);
	unmap_memory(dso, dso_size(dso));
}

/*
 * dso_open: read the tables of the DSO that has been found.  NULL, and @why not,
 * if that cannot be done or what they say is not enough.
 */
static struct dso *dso_open(const struct dso *found, const char **why)
{
	struct dso *dso = map_memory(dso_size(found));
	int err = -ENOMEM;

	if (dso) {
		*dso = *found;
		dso_layout(dso);
		err = dso_tables(dso);
		if (!err)
			return dso;
		dso_free(dso);
	}
	*why = err == -ENOMEM ? no_memory : "has a damaged table of escapes";
	return NULL;
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

/* Does @addr lie in @dso, or in one that has registered? */
static bool has_owner(const struct dso *dso, const void *addr)
{
	const struct dso *owner;

	if (dso_contains(dso, addr))
		return true;
	for (owner = registry; owner; owner = owner->next)
		if (!owner->departed && dso_contains(owner, addr))
			return true;
	return false;
}

/* The DSO of this pointer has registered: whoever else has calls of it may patch them. */
static void adopt(struct slot *slot, void *plan)
{
	struct rkey *key;

	if (!(slot->escaped & FOREIGN))
		return;
	slot->escaped &= (uint8_t)~FOREIGN;
	for (key = slot->keys; key; key = key->next)
		plan_key(plan, key, __atomic_load_n(slot->addr, __ATOMIC_ACQUIRE));
}

/* Find the pointer of @key, and what is known against it. */
static void key_attach(struct rkey *key, struct plan *plan)
{
	struct slot *slot = slot_get(key->key->slot);

	key->slot = slot;
	if (!slot->keys && !has_owner(key->dso, slot->addr))
		slot->escaped |= FOREIGN;
	if (key->exposed)
		debug("%s: %s may be stored to unseen: its calls stay on their trampolines",
		      key->dso->name, (const char *)self_relative(&key->key->name));
	if (key->exposed || escapes_cover(slot->addr))
		escape(slot, plan);
}

static void key_enter(struct rkey *key, struct plan *plan)
{
	key->next = key->slot->keys;
	key->slot->keys = key;
	plan_key(plan, key, __atomic_load_n(key->slot->addr, __ATOMIC_ACQUIRE));
}

/* In this order, as no key may get into @plan twice. */
static int enter(struct dso *dso, struct names *unseen, struct plan *plan)
{
	struct rkey *key, *end = dso->keys + dso->nkeys;

	if (unseen_add(unseen, plan))
		return -ENOMEM;
	/* escapes_add() may use up what has been reserved. */
	if (escapes_add(dso->escapes, dso->nescapes, plan) || unseen_enter(dso, plan) ||
	    slots_reserve(dso->nkeys))
		return -ENOMEM;
	for (key = dso->keys; key < end; key++)
		if (!key->left_alone)
			key_attach(key, plan);
	slots_of(dso, adopt, plan);
	for (key = dso->keys; key < end; key++)
		if (!key->left_alone)
			key_enter(key, plan);

	/* Before any breakpoint can be met. */
	dso->next = registry;
	__atomic_store_n(&registry, dso, __ATOMIC_RELEASE);
	return 0;
}

/*
 * What has been found out about a DSO whose escapes are not known, and has not been
 * told yet: a program without other static calls need not hear it.
 */
static char untold[400];

static bool any_sites(void)
{
	const struct dso *dso;

	for (dso = registry; dso; dso = dso->next)
		if (!dso->departed && dso->nsites)
			return true;
	return false;
}

static void tell(bool now)
{
	if (*untold && (now || any_sites())) {
		say("%s", untold);
		*untold = 0;
	}
}

/* The DSO of this descriptor.  What the descriptor itself says may be damaged. */
static struct dso *registered(const struct static_call_dso *desc)
{
	struct dso *dso;

	for (dso = registry; dso; dso = dso->next)
		if (dso->desc == desc && !dso->departed)
			return dso;
	return NULL;
}

/* Enter the DSO, or, where it is NULL or cannot be, count what it may do. */
static struct dso *take_in(struct dso *dso, const struct dso *found, struct names *unseen,
			   const char *why)
{
	struct plan plan;

	plan_init(&plan);
	if (dso && enter(dso, unseen, &plan)) {
		dso_free(dso);
		dso = NULL;
		why = no_memory;
	}
	if (!dso) {
		snprintf(untold, sizeof(untold), "%s %s: which pointers it changes unseen is not "
			 "known, so the calls of all go through their trampolines", found->name, why);
		escapes_everything(&plan);
	}
	if (dso)
		debug("%s: %u sites of %u keys", dso->name, dso->nsites, dso->nkeys);
	if (dso && dso->damaged)
		say("%s: damaged records: %zu; what they stand for stays on its trampoline",
		    dso->name, dso->damaged);
	if (plan_commit(&plan, SHALL)) {
		if (plan.patched)
			die("%s lets out the address of a pointer whose calls have been "
			    "patched, and they cannot be changed back: %s", found->name, reasons());
		/* Without a reason it was for the moment: a thread that must not meet a breakpoint. */
		if (reasons_any() || config.debug)
			say("%s: the text cannot be changed (%s): its calls stay on their trampolines",
			    found->name, reasons());
	}
	tell(!dso && why != no_bounds);
	return dso;
}

/* Why the tables of @desc cannot be read, if so; in @why, if it takes a number. */
static const char *unreadable(const struct static_call_dso *desc, char *why, size_t size)
{
	if (desc->abi != STATIC_CALL_ABI || desc->size < sizeof(*desc)) {
		snprintf(why, size, "has static calls of ABI %u, this library knows %u (link it "
			 "with the matching libstaticcall)", desc->abi, STATIC_CALL_ABI);
		return why;
	}
	return desc->escapes ? NULL : no_bounds;
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
	early_end();
	struct dso found = { .desc = desc, .name = "an object" }, *dso = NULL;
	struct names unseen = { 0 };
	char number[160];
	const char *why;
	struct signals saved;

	init();
	why = dso_find(&found) ? unreadable(desc, number, sizeof(number)) :
				   "has a descriptor that lies in no loaded object";
	if (!why && unseen_find(&unseen))
		why = no_memory;
	if (!why)
		dso = dso_open(&found, &why);

	begin(&saved);
	purge();
	dso = take_in(dso, &found, &unseen, why);
	if (dso)
		desc->runtime = dso;
	end(&saved);
	names_free(&unseen);
}

/* By a name that is not another copy's; see twins.c. */
__typeof__(__static_call_register) register_here __attribute__((alias("__static_call_register")));

/* distrust: there are stores that nobody tells us of, so nothing is patched from now on. */
void distrust(void)
{
	struct plan plan;
	struct signals saved;

	begin(&saved);
	plan_init(&plan);
	escapes_everything(&plan);
	if (plan_commit(&plan, SHALL) && plan.patched)
		die("calls have been patched that must not be, and they cannot be changed back");
	end(&saved);
}

/*
 * __static_call_look: something has been loaded that changes pointers and does not know
 * whether they are marked; see unseen.c.  For constructors that the plugin emits.
 */
void __static_call_look(void)
{
	early_end();
	struct names unseen = { 0 };
	struct plan plan;
	struct signals saved;
	int err;

	init();
	err = unseen_find(&unseen);
	begin(&saved);
	plan_init(&plan);
	if (err || unseen_add(&unseen, &plan))
		escapes_everything(&plan);
	if (plan_commit(&plan, SHALL) && plan.patched)
		die("something is loaded that stores to a pointer whose calls have been patched, and "
		    "they cannot be changed back: %s", reasons());
	end(&saved);
	names_free(&unseen);
}

/*
 * registry_settle: in a forked child whose parent's other thread may have been at it.
 * Pointers may be missing in tables, and what has escaped is still patched: all calls go
 * back to their trampolines.  No library comes any more, as the dynamic linker's
 * own lock is as that thread has left it.  Under the lock.
 */
void registry_settle(void)
{
	struct rkey *key;
	struct dso *dso;

	if (!changing)
		return;
	changing = false;
	escapes_unknown();
	for (dso = registry; dso; dso = dso->next)
		for (key = dso->keys; !dso->departed && key < dso->keys + dso->nkeys; key++)
			if (!key->left_alone)
				key->slot->escaped |= ESCAPED;
}

static void leave(struct dso *dso)
{
	struct rkey *key, **link;

	for (key = dso->keys; key < dso->keys + dso->nkeys; key++) {
		if (key->left_alone)
			continue;
		for (link = &key->slot->keys; *link != key; link = &(*link)->next)
			;
		*link = key->next;
		if (!key->slot->keys && !(key->slot->escaped & ESCAPED))
			slot_put(key->slot);
	}
	escapes_drop(dso);
	dso->departed = true;
}

/* Put its sites back, and forget it. */
static void depart(struct dso *dso)
{
	struct rkey *key;
	struct plan plan;

	plan_init(&plan);
	for (key = dso->keys; key < dso->keys + dso->nkeys; key++)
		plan_unpatch(&plan, key);
	if (plan_commit(&plan, SHALL))
		say("%s is unloaded with patched calls: the text cannot be changed any more",
		    dso->name);
	leave(dso);
	dso->desc->runtime = NULL;
	debug("%s: unregistered", dso->name);
	/* This library, in its static form, may be a part of what is unloaded. */
	if (dso_contains(dso, (void *)(uintptr_t)trap_remove))
		trap_remove();
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
	struct dso *dso;
	struct signals saved;

	begin(&saved);
	dso = registered(desc);
	if (dso && !dso->program)
		depart(dso);
	end(&saved);
}
