/* SPDX-License-Identifier: MIT */
/*
 * tables.c: what a DSO's site records become when it is registered.
 *
 * A program may have a million sites, so this makes a few passes over flat
 * arrays, allocates once, and hashes nothing: a key's index is found by its
 * distance from the DSO's first key.
 */
#include "internal.h"

/* Keys may not overlap, so this is what an index stands for in the map. */
#define KEY_STEP	STATIC_CALL_KEY_ALIGN

struct key_map {
	uintptr_t first;
	uint32_t *index;	/* plus one */
	size_t size;
};

static uintptr_t record_key(const struct static_call_site *record)
{
	return self_relative(&record->key) & ~(uintptr_t)STATIC_CALL_SITE_FLAGS;
}

static int map_keys(struct key_map *map, const struct static_call_dso *desc, size_t *max_keys)
{
	const struct static_call_site *record;
	uintptr_t lo = UINTPTR_MAX, hi = 0, key;

	for (record = desc->sites; record < desc->sites_end; record++) {
		key = record_key(record);
		lo = key < lo ? key : lo;
		hi = key > hi ? key : hi;
	}
	map->first = lo;
	map->size = ((hi - lo) / KEY_STEP + 1) * sizeof(*map->index);
	map->index = map_memory(map->size);
	*max_keys = (hi - lo) / sizeof(struct static_call_key) + 1;
	return map->index ? 0 : -ENOMEM;
}

/* The instruction of a trampoline that may be patched, or 0. */
static uintptr_t slot_at(const struct dso *dso, uintptr_t tramp)
{
	uintptr_t at;

	if (!config.patching || !dso_executable(dso, tramp, ARCH_SITE_MAX))
		return 0;
	at = arch_tramp_slot(tramp);
	return at && arch_one_word(at, ARCH_SLOT) && dso_executable(dso, at, ARCH_SITE_MAX) ? at : 0;
}

/* Has its trampoline all the bodies that there can be? */
static bool bodies_in(const struct dso *dso, const struct rkey *key)
{
	unsigned int n;
	uintptr_t at;

	if (!dso_executable(dso, rkey_tramp(key) - ARCH_BODY_FRONT, ARCH_BODY_FRONT))
		return false;
	for (n = 1; n <= ARCH_BODIES; n++) {
		at = body_at(key, n);
		if (!at || !dso_executable(dso, at, ARCH_BODY_SIZE) || !arch_body_holds(at))
			return false;
	}
	return ARCH_BODIES;
}

static uint32_t key_index(struct key_map *map, struct dso *dso, uintptr_t addr)
{
	uint32_t *index = &map->index[(addr - map->first) / KEY_STEP];
	struct rkey *key;

	if (!*index) {
		key = &dso->keys[dso->nkeys];
		*key = (struct rkey){
			.key = (const struct static_call_key *)addr, .dso = dso,
		};
		key->slot_at = slot_at(dso, rkey_tramp(key));
		key->bodies = key->slot_at && bodies_in(dso, key);
		*index = ++dso->nkeys;
	}
	return *index - 1;
}

/* What may be patched under the protocols that this process has. */
static enum arch_kind site_kind(const struct dso *dso, uintptr_t addr, bool tail, uintptr_t tramp)
{
	enum arch_kind kind;

	if (!config.patching ||
	    !dso_executable(dso, addr - ARCH_SITE_BEFORE, ARCH_SITE_BEFORE + ARCH_SITE_MAX))
		return ARCH_NONE;
	kind = arch_decode(addr, tail, tramp);
	if (kind != ARCH_NONE && !config.traps && !arch_one_word(addr, kind))
		return ARCH_NONE;
	return kind;
}

/* fill_sites: returns whether they have come out ascending, as linkers make them. */
static bool fill_sites(struct dso *dso, struct key_map *map)
{
	const struct static_call_site *record;
	bool ascending = true;
	int64_t offset;
	uintptr_t addr;
	struct rkey *key;
	struct site *site;

	for (record = dso->desc->sites; record < dso->desc->sites_end; record++) {
		addr = self_relative(&record->addr);
		offset = (int64_t)(addr - dso->base);
		if (offset != (int32_t)offset) {
			debug("%s: the call at %p is too far from its code to be patched",
			      dso->name, (void *)addr);
			continue;
		}
		site = &dso->sites[dso->nsites++];
		site->offset = (int32_t)offset;
		site->key = key_index(map, dso, record_key(record)) & (SITES_MAX - 1);
		site->tail = record->key & STATIC_CALL_SITE_TAIL;
		key = &dso->keys[site->key];
		site->kind = site_kind(dso, addr, site->tail, rkey_tramp(key)) & 3;
		key->records++;
		if (site->kind != ARCH_NONE) {
			key->count++;
			key->split += !arch_one_word(addr, site->kind);
		}
		if (site > dso->sites && site[-1].offset > site->offset)
			ascending = false;
	}
	return ascending;
}

static void sift(struct site *sites, size_t root, size_t n)
{
	struct site moved = sites[root];
	size_t child;

	while ((child = 2 * root + 1) < n) {
		if (child + 1 < n && sites[child + 1].offset > sites[child].offset)
			child++;
		if (sites[child].offset <= moved.offset)
			break;
		sites[root] = sites[child];
		root = child;
	}
	sites[root] = moved;
}

/* Heap sort: in place, and never slow. */
static void sort_sites(struct site *sites, size_t n)
{
	struct site last;
	size_t i;

	for (i = n / 2; i-- > 0;)
		sift(sites, i, n);
	for (i = n; i-- > 1;) {
		last = sites[i];
		sites[i] = sites[0];
		sites[0] = last;
		sift(sites, 0, i);
	}
}

/* group_sites: fill @order, each key's sites one after another. */
static void group_sites(struct dso *dso)
{
	uint32_t first = 0, i;
	struct rkey *key;

	for (key = dso->keys; key < dso->keys + dso->nkeys; key++) {
		key->first = first;
		first += key->count;
		key->count = 0;
	}
	for (i = 0; i < dso->nsites; i++) {
		key = &dso->keys[dso->sites[i].key];
		if (dso->sites[i].kind != ARCH_NONE)
			dso->order[key->first + key->count++] = i;
	}
}

/* dso_tables: 0 or -ENOMEM. */
int dso_tables(struct dso *dso)
{
	const struct static_call_dso *desc = dso->desc;
	size_t n = (size_t)(desc->sites_end - desc->sites);
	size_t max_keys, sites_size, order_size;
	struct key_map map;
	char *mem;

	if (!n)
		return 0;
	if (n >= SITES_MAX || map_keys(&map, desc, &max_keys))
		return -ENOMEM;
	if (max_keys > n)
		max_keys = n;

	sites_size = (n * sizeof(*dso->sites) + 63) & ~(size_t)63;
	order_size = (n * sizeof(*dso->order) + 63) & ~(size_t)63;
	dso->mapped = sites_size + order_size + max_keys * sizeof(*dso->keys);
	mem = map_memory(dso->mapped);
	if (!mem) {
		unmap_memory(map.index, map.size);
		return -ENOMEM;
	}
	dso->sites = (struct site *)mem;
	dso->order = (uint32_t *)(mem + sites_size);
	dso->keys = (struct rkey *)(mem + sites_size + order_size);

	if (!fill_sites(dso, &map))
		sort_sites(dso->sites, dso->nsites);
	group_sites(dso);
	unmap_memory(map.index, map.size);
	return 0;
}
