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

static struct area *ranges;
static size_t nranges, capacity;
static bool everything;

/* escapes_cover: is the pointer in an object that has escaped?  Under the lock. */
bool escapes_cover(const void *addr)
{
	size_t i;

	assert_locked();
	if (everything)
		return true;
	for (i = 0; i < nranges; i++)
		if ((uintptr_t)addr >= ranges[i].start && (uintptr_t)addr < ranges[i].end)
			return true;
	return false;
}

static int ranges_reserve(size_t more)
{
	size_t want = nranges + more, new_capacity = capacity ? capacity : 256;
	struct area *grown;

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

/* escape: have @plan unpatch all calls of the pointer, for good.  Under the lock. */
void escape(struct slot *slot, void *plan)
{
	struct rkey *key;

	assert_locked();
	if (slot->escaped & ESCAPED)
		return;
	slot->escaped |= ESCAPED;
	for (key = slot->keys; key; key = key->next)
		plan_unpatch(plan, key);
}

/* escapes_add: @n of what is let out; have @plan unpatch what was patched.  Under the lock. */
int escapes_add(const struct area *range, size_t n, struct plan *plan)
{
	const struct area *end = range + n;
	size_t size;

	assert_locked();
	if (ranges_reserve(n) || slots_reserve(n))
		return -ENOMEM;

	for (; range < end; range++) {
		size = range->end - range->start;
		if (size <= sizeof(void *)) {
			escape(slot_get((void **)range->start), plan);
		} else if (!escapes_cover((void *)range->start) ||
			   !escapes_cover((void *)(range->end - 1))) {
			ranges[nranges++] = *range;
			slots_in((void *)range->start, size, escape, plan);
		}
	}
	return 0;
}

/*
 * escapes_everything: it is not known what some DSO lets out, so nobody's calls are
 * patched any more.  Takes no memory.  Under the lock.
 */
void escapes_everything(struct plan *plan)
{
	everything = true;
	slots_in(NULL, UINTPTR_MAX, escape, plan);
}

static void drop(struct slot *slot, void *arg)
{
	(void)arg;
	if (!slot->keys)
		slot_put(slot);
}

/* escapes_unknown: no call of what is made from now on is patched.  Under the lock. */
void escapes_unknown(void)
{
	everything = true;
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
	slots_of(dso, drop, NULL);
}
