/* SPDX-License-Identifier: MIT */
/*
 * batch.c: updates that are collected first and carried out together.
 */
#include "internal.h"

struct entry {
	volatile void *addr;
	void *func;
};

struct static_call_batch {
	size_t n;
	struct entry *entries;	/* behind this, or a mapping of their own */
	size_t capacity;
	struct entry first[];
};

#define FIRST_SIZE	4096
#define FIRST_CAPACITY							\
	((FIRST_SIZE - sizeof(struct static_call_batch)) / sizeof(struct entry))

/*
 * One batch is kept for the next user: mapping one costs more than a small commit.  The
 * first is not mapped: in a static program for i386 the functions that resolve an IFUNC run
 * before the C library can make system calls, by way of the thread pointer.
 */
static union {
	struct static_call_batch batch;
	char room[FIRST_SIZE];
} first;

static struct static_call_batch *spare = &first.batch;

struct static_call_batch *static_call_batch_begin(void)
{
	struct static_call_batch *batch;

	batch = __atomic_exchange_n(&spare, NULL, __ATOMIC_ACQUIRE);
	if (!batch)
		batch = map_memory(FIRST_SIZE);
	if (!batch) {
		errno = ENOMEM;
		return NULL;
	}
	batch->n = 0;
	batch->entries = batch->first;
	batch->capacity = FIRST_CAPACITY;
	return batch;
}

static void free_entries(struct static_call_batch *batch)
{
	if (batch->entries != batch->first)
		unmap_memory(batch->entries, batch->capacity * sizeof(struct entry));
}

void static_call_batch_abort(struct static_call_batch *batch)
{
	if (!batch)
		return;
	free_entries(batch);
	batch = __atomic_exchange_n(&spare, batch, __ATOMIC_RELEASE);
	if (batch != &first.batch)
		unmap_memory(batch, FIRST_SIZE);
}

static int grow(struct static_call_batch *batch)
{
	size_t old_size = batch->capacity * sizeof(struct entry);
	struct entry *entries;

	if (batch->entries == batch->first) {
		entries = map_memory(16 * FIRST_SIZE);
		if (!entries)
			return -ENOMEM;
		__builtin_memcpy(entries, batch->first, old_size);
		batch->capacity = 16 * FIRST_SIZE / sizeof(struct entry);
	} else {
		entries = map_grow(batch->entries, old_size, 2 * old_size);
		if (!entries)
			return -ENOMEM;
		batch->capacity *= 2;
	}
	batch->entries = entries;
	return 0;
}

ARCH_ANY_STACK int __static_call_batch_update(struct static_call_batch *batch, volatile void *slot,
					      void *func)
{
	if (batch->n == batch->capacity && grow(batch))
		return -ENOMEM;
	batch->entries[batch->n++] = (struct entry){ slot, func };
	return 0;
}

/* Pointers without known calls change only once nothing can fail any more. */
static void store_unknown(const struct static_call_batch *batch)
{
	const struct entry *entry;

	for (entry = batch->entries; entry < batch->entries + batch->n; entry++)
		if (!slot_find(entry->addr))
			__atomic_store_n((void *volatile *)entry->addr, entry->func,
					 __ATOMIC_SEQ_CST);
}

static int commit(void *what, enum resolve resolve)
{
	const struct static_call_batch *batch = what;
	const struct entry *entry;
	struct slot *slot;
	struct plan plan;
	int err;

	if (sealed)
		return -EPERM;
	plan_init(&plan);
	for (entry = batch->entries; entry < batch->entries + batch->n; entry++) {
		slot = slot_find(entry->addr);
		if (slot)
			plan_slot(&plan, slot, entry->func);
	}
	err = plan_commit(&plan, resolve);
	if (err)
		return err;
	store_unknown(batch);
	counters.updates += batch->n;
	counters.batches++;
	return 0;
}

static bool commit_early(const struct static_call_batch *batch)
{
	const struct entry *entry = batch->entries, *end = entry + batch->n;

	while (entry < end && early_store(entry->addr, entry->func))
		entry++;
	return entry == end;
}

int static_call_batch_commit(struct static_call_batch *batch)
{
	const struct entry *entry;
	int err = 0;

	for (entry = batch->entries; entry < batch->entries + batch->n; entry++)
		touch_slot(entry->addr);
	if (!early() || !commit_early(batch))
		err = patiently(commit, batch, MAY);
	static_call_batch_abort(batch);
	return err;
}
