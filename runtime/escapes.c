/* SPDX-License-Identifier: MIT */
/*
 * escapes.c: pointers that can change unseen.
 *
 * Where any DSO lets the address of a marked pointer out of the compiler's
 * sight, nobody's sites of it are patched from then on: each stays on, or goes
 * back to, its trampoline, which reads the pointer.  It stays so after that
 * DSO has gone, for the address may have been handed on; only the end of the
 * DSO that the pointer itself lives in ends it.
 *
 * One pointer is noted in its slot; whole objects are kept here, and whoever makes
 * a slot asks whether it lies in one of them.
 */
#include "internal.h"

struct range {
	uintptr_t start, end;
};

static struct range *ranges;
static size_t nranges, capacity;

/* escapes_cover: is the pointer in an object that has escaped?  Under the lock. */
bool escapes_cover(const void *addr)
{
	size_t i;

	assert_locked();
	for (i = 0; i < nranges; i++)
		if ((uintptr_t)addr >= ranges[i].start && (uintptr_t)addr < ranges[i].end)
			return true;
	return false;
}

static int ranges_reserve(size_t more)
{
	size_t want = nranges + more, new_capacity = capacity ? capacity : 256;
	struct range *grown;

	if (want <= capacity)
		return 0;
	while (new_capacity < want)
		new_capacity *= 2;
	grown = capacity ? map_grow(ranges, capacity * sizeof(*ranges),
				    new_capacity * sizeof(*ranges)) :
			   map_memory(new_capacity * sizeof(*ranges));
	if (!grown)
		return -ENOMEM;
	ranges = grown;
	capacity = new_capacity;
	return 0;
}

static void escape(struct slot *slot, void *plan)
{
	struct rkey *key;

	if (slot->escaped)
		return;
	slot->escaped = true;
	for (key = slot->keys; key; key = key->next)
		plan_unpatch(plan, key);
}

/* escapes_add: take the DSO's records, and @plan to unpatch what was patched.  Under the lock. */
int escapes_add(const struct dso *dso, struct plan *plan)
{
	const int32_t *record = dso->desc->escapes, *end = dso->desc->escapes_end;
	const struct static_call_key *key;
	size_t n = (size_t)(end - record);

	assert_locked();
	if (ranges_reserve(n) || slots_reserve(n))
		return -ENOMEM;

	for (; record < end; record++) {
		key = (const struct static_call_key *)self_relative(record);
		if (key->size <= sizeof(*key->slot)) {
			escape(slot_get(key->slot), plan);
		} else if (!escapes_cover(key->slot) ||
			   !escapes_cover((char *)key->slot + key->size - 1)) {
			ranges[nranges++] = (struct range){
				(uintptr_t)key->slot, (uintptr_t)key->slot + key->size,
			};
			slots_in(key->slot, key->size, escape, plan);
		}
	}
	return 0;
}

static void drop(struct slot *slot, void *arg)
{
	(void)arg;
	if (!slot->keys)
		slot_put(slot);
}

/* escapes_drop: forget the pointers that lived in the DSO.  Under the lock. */
void escapes_drop(const struct dso *dso)
{
	size_t i, kept = 0;

	assert_locked();
	for (i = 0; i < nranges; i++)
		if (!dso_contains(dso, (const void *)ranges[i].start))
			ranges[kept++] = ranges[i];
	nranges = kept;
	slots_in((const void *)dso->image_lo, dso->image_hi - dso->image_lo, drop, NULL);
}
