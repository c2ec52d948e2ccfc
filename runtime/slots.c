/* SPDX-License-Identifier: MIT */
/*
 * slots.c: the marked pointers of the process, by address.
 *
 * A hash table with chains.  Under the lock.
 */
#include "internal.h"

#define FIRST_BUCKETS	1024u

static struct slot **buckets;
static size_t nbuckets;		/* a power of two */
static size_t nslots;
static struct slot *unused;	/* linked by chain */
static size_t nunused;

/* A bit for each pointer that there is, or was: others may have the same. */
static uint32_t noted[128];

/* 2^64 divided by the golden ratio: spreads neighbours. */
static uint32_t hash_of(uintptr_t addr)
{
	return (uint32_t)((uint64_t)(addr / SLOT_ALIGN) * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

static struct slot **bucket_of(uintptr_t addr, struct slot **table, size_t n)
{
	return &table[hash_of(addr) & (n - 1)];
}

static uint32_t *note_of(uintptr_t addr, uint32_t *bit)
{
	uint32_t hash = hash_of(addr);

	*bit = UINT32_C(1) << hash % 32;
	return &noted[hash / 32 % (sizeof(noted) / sizeof(noted[0]))];
}

/* Who reads the pointer after this sees what was stored by whoever does not see the note. */
static void note(uintptr_t addr)
{
	uint32_t bit, *word = note_of(addr, &bit);

	__atomic_fetch_or(word, bit, __ATOMIC_SEQ_CST);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* Where a pointer that has any of the bytes from @addr on may begin first. */
static uintptr_t first_in(uintptr_t addr)
{
	uintptr_t first = addr < sizeof(void *) ? 0 : addr - sizeof(void *) + 1;

	return (first + SLOT_ALIGN - 1) & ~(uintptr_t)(SLOT_ALIGN - 1);
}

/*
 * slots_perhaps: may there be a pointer with calls in these bytes?  Without the lock: asked
 * behind a store to them and a full fence.
 */
bool slots_perhaps(const volatile void *addr, size_t size)
{
	uintptr_t at, end = (uintptr_t)addr + size;
	uint32_t bit, *word;

	if (size > 8 * sizeof(void *))
		return true;
	for (at = first_in((uintptr_t)addr); at < end; at += SLOT_ALIGN) {
		word = note_of(at, &bit);
		if (__atomic_load_n(word, __ATOMIC_SEQ_CST) & bit)
			return true;
	}
	return false;
}

/* slot_find: NULL for a pointer without a registered key.  Under the lock. */
struct slot *slot_find(const volatile void *addr)
{
	struct slot *slot;

	assert_locked();
	if (!buckets)
		return NULL;
	for (slot = *bucket_of((uintptr_t)addr, buckets, nbuckets); slot; slot = slot->chain)
		if (slot->addr == (void **)(uintptr_t)addr)
			break;
	return slot;
}

static int grow_buckets(size_t want)
{
	struct slot **table, *slot, *next, **bucket;
	size_t n = nbuckets ? nbuckets : FIRST_BUCKETS;
	size_t i;

	while (n < want)
		n *= 2;
	if (n == nbuckets)
		return 0;
	table = map_memory(n * sizeof(*table));
	if (!table)
		return -ENOMEM;

	for (i = 0; i < nbuckets; i++) {
		for (slot = buckets[i]; slot; slot = next) {
			next = slot->chain;
			bucket = bucket_of((uintptr_t)slot->addr, table, n);
			slot->chain = *bucket;
			*bucket = slot;
		}
	}
	unmap_memory(buckets, nbuckets * sizeof(*buckets));
	buckets = table;
	nbuckets = n;
	return 0;
}

/* slots_reserve: the next @more calls of slot_get() will not fail.  Under the lock. */
int slots_reserve(size_t more)
{
	const size_t least = 65536 / sizeof(struct slot);
	struct slot *slots;
	size_t i, n;

	assert_locked();
	if (grow_buckets(nslots + more))
		return -ENOMEM;
	if (nunused >= more)
		return 0;

	n = more - nunused > least ? more - nunused : least;
	slots = map_memory(n * sizeof(*slots));
	if (!slots)
		return -ENOMEM;
	for (i = n; i-- > 0;) {
		slots[i].chain = unused;
		unused = &slots[i];
	}
	nunused += n;
	return 0;
}

/* slot_get: the pointer's entry, made if there is none; after slots_reserve().  Under the lock. */
struct slot *slot_get(void **addr)
{
	struct slot *slot = slot_find(addr);
	struct slot **bucket;

	if (slot)
		return slot;

	slot = unused;
	unused = slot->chain;
	nunused--;
	*slot = (struct slot){ .addr = addr };
	bucket = bucket_of((uintptr_t)addr, buckets, nbuckets);
	slot->chain = *bucket;
	*bucket = slot;
	nslots++;
	note((uintptr_t)addr);
	return slot;
}

/* slot_put: forget the pointer.  Under the lock. */
void slot_put(struct slot *slot)
{
	struct slot **link = bucket_of((uintptr_t)slot->addr, buckets, nbuckets);

	assert_locked();
	while (*link != slot)
		link = &(*link)->chain;
	*link = slot->chain;
	nslots--;
	slot->chain = unused;
	unused = slot;
	nunused++;
}

/*
 * slots_in: call @fn, which may slot_put() its own, for each pointer in @size
 * bytes from @addr; by looking at every possible address or at every pointer,
 * whichever are fewer.  Under the lock.
 */
void slots_in(const volatile void *addr, size_t size,
	      void (*fn)(struct slot *slot, void *arg), void *arg)
{
	/* Also one that only its last bytes are of. */
	uintptr_t start = first_in((uintptr_t)addr);
	uintptr_t end = (uintptr_t)addr + size, at;
	struct slot *slot, *next;
	size_t i;

	assert_locked();
	if (!size)
		return;
	if (size / SLOT_ALIGN <= nbuckets + nslots) {
		for (at = start; at < end; at += SLOT_ALIGN) {
			slot = slot_find((const void *)at);
			if (slot)
				fn(slot, arg);
		}
		return;
	}
	for (i = 0; i < nbuckets; i++) {
		for (slot = buckets[i]; slot; slot = next) {
			next = slot->chain;
			if ((uintptr_t)slot->addr >= start && (uintptr_t)slot->addr < end)
				fn(slot, arg);
		}
	}
}

/* slots_of: the same for each pointer that lives in the DSO.  Under the lock. */
void slots_of(const struct dso *dso, void (*fn)(struct slot *slot, void *arg), void *arg)
{
	const struct segment *seg;

	for (seg = dso->segments; seg < dso->segments + dso->nsegments; seg++)
		slots_in((const void *)seg->start, seg->end - seg->start, fn, arg);
}
