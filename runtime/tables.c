/* SPDX-License-Identifier: MIT */
/*
 * tables.c: what a DSO's records become when it is registered.
 *
 * A program may have a million sites, so this makes a few passes over flat
 * arrays, allocates once, and hashes nothing: a key's index is found by its
 * distance from the DSO's first key.
 *
 * A record that cannot be right is left out: what it stands for, if anything,
 * is right on its trampoline.  Only an escape may not be lost.
 */
#include <elf.h>

#include "internal.h"

/* Keys may not overlap, so this is what an index stands for in the map. */
#define KEY_STEP	STATIC_CALL_KEY_ALIGN

/* @index: one more than a key's; 0 has not been met, DAMAGED is a wrong one. */
#define DAMAGED	UINT32_MAX

struct key_map {
	uintptr_t first;
	uint32_t *index;
	size_t size;
	uint32_t max_keys;
};

/* Addresses from @start to @room bytes behind it are known to be right. */
struct window {
	uintptr_t start, room;
};

/*
 * struct reading: of the records of a DSO.
 * @keys: the part of @image where the last key was.
 * @text: the segment that may be patched where the last call was.
 */
struct reading {
	struct dso *dso;
	struct image *image;
	struct window keys, text;
	struct key_map map;
};

/* Are these bounds, of items that are aligned to 4, those of a table of the DSO's? */
static bool table_sound(const struct image *image, const void *start, const void *end)
{
	uintptr_t from = (uintptr_t)start, to = (uintptr_t)end;

	return from <= to && from % 4 == 0 &&
	       (from == to || image_holds(image, from, to - from, PF_R));
}

/* As image_holds(), at once where it is in the same part as the last one. */
static inline bool holds(const struct image *image, struct window *last, uintptr_t addr,
			 size_t size, unsigned int flags)
{
	struct extent part;

	if (__builtin_expect(addr - last->start <= last->room, 1))
		return true;
	part = image_find(image, addr, size, flags);
	if (part.end)
		*last = (struct window){ part.start, part.end - part.start - size };
	return part.end;
}

/* Where its key is, or 0 where none can be. */
static inline uintptr_t record_key(struct reading *reading,
				   const struct static_call_site *record)
{
	uintptr_t key = self_relative(&record->key) & ~(uintptr_t)STATIC_CALL_SITE_FLAGS;

	return holds(reading->image, &reading->keys, key, sizeof(struct static_call_key), PF_R) ?
	       key : 0;
}

static int map_keys(struct reading *reading, size_t n)
{
	const struct static_call_site *record = reading->dso->desc->sites, *end = record + n;
	struct key_map *map = &reading->map;
	uintptr_t lo = UINTPTR_MAX, hi = 0, key;
	size_t room;

	for (; record < end; record++) {
		key = record_key(reading, record);
		lo = key && key < lo ? key : lo;
		hi = key > hi ? key : hi;
	}
	map->first = hi ? lo : 0;
	map->size = ((hi - map->first) / KEY_STEP + 1) * sizeof(*map->index);
	map->index = map_memory(map->size);
	room = (hi - map->first) / sizeof(struct static_call_key) + 1;
	map->max_keys = (uint32_t)(room < n ? room : n);
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

static void key_enter(const struct reading *reading, const struct static_call_key *key,
		      enum key_use use)
{
	struct dso *dso = reading->dso;
	struct rkey *new = &dso->keys[dso->nkeys++];

	*new = (struct rkey){
		.key = key, .tramp = self_relative(&key->tramp), .dso = dso,
		.left_alone = use == KEY_LEFT_ALONE,
		.exposed = key->unseen && (uintptr_t)key->unseen != reading->image->load,
	};
	if (use == KEY_LEFT_ALONE)
		return;
	new->slot_at = slot_at(dso, rkey_tramp(new));
	new->bodies = new->slot_at && bodies_in(dso, new);
}

/* The key at @addr, of which record_key() says that there may be one; NULL if there is none. */
static struct rkey *key_at(struct reading *reading, uintptr_t addr)
{
	uint32_t *index = &reading->map.index[(addr - reading->map.first) / KEY_STEP];
	struct dso *dso = reading->dso;
	enum key_use use;

	if (__builtin_expect(!*index, 0)) {
		use = dso->nkeys < reading->map.max_keys ? key_use(reading->image, addr) :
							   KEY_DAMAGED;
		if (use != KEY_DAMAGED)
			key_enter(reading, (const struct static_call_key *)addr, use);
		*index = use == KEY_DAMAGED ? DAMAGED : dso->nkeys;
	}
	return *index == DAMAGED ? NULL : &dso->keys[*index - 1];
}

/* Where a call is: in no code at all, or perhaps to be patched, as all of it can be read. */
enum place { NO_CODE, CODE, PATCHABLE };

static __attribute__((noinline)) enum place find_place(struct reading *reading, uintptr_t addr)
{
	const size_t size = ARCH_SITE_BEFORE + ARCH_SITE_MAX;
	const struct segment *seg = dso_segment(reading->dso, addr - ARCH_SITE_BEFORE, size);

	if (!seg)
		return image_holds(reading->image, addr, 1, PF_X) ? CODE : NO_CODE;
	reading->text = (struct window){ seg->start + ARCH_SITE_BEFORE, seg->end - seg->start - size };
	return PATCHABLE;
}

static inline enum place place_of(struct reading *reading, uintptr_t addr)
{
	if (__builtin_expect(addr - reading->text.start <= reading->text.room, 1))
		return PATCHABLE;
	return find_place(reading, addr);
}

/* What may be patched under the protocols that this process has. */
static inline enum arch_kind site_kind(const struct rkey *key, uintptr_t addr, bool tail)
{
	enum arch_kind kind;

	if (!config.patching || key->left_alone)
		return ARCH_NONE;
	kind = arch_decode(addr, tail, rkey_tramp(key));
	if (kind != ARCH_NONE && !config.traps && !arch_one_word(addr, kind))
		return ARCH_NONE;
	return kind;
}

static inline void count(struct rkey *key, uintptr_t addr, enum arch_kind kind, int by)
{
	key->records += (uint32_t)by;
	if (kind == ARCH_NONE)
		return;
	key->count += (uint32_t)by;
	if (!arch_one_word(addr, kind))
		key->split += (uint32_t)by;
}

/* False where the record is damaged. */
static bool fill_site(struct reading *reading, const struct static_call_site *record)
{
	uintptr_t addr = self_relative(&record->addr), at = record_key(reading, record);
	struct dso *dso = reading->dso;
	int64_t offset = (intptr_t)(addr - dso->base);
	enum place place = place_of(reading, addr);
	struct rkey *key;
	struct site *site;

	if (!at || place == NO_CODE)
		return false;
	key = key_at(reading, at);
	if (!key)
		return false;
	if (offset != (int32_t)offset) {
		debug("%s: the call at %p is too far from its code to be patched",
		      dso->name, (void *)addr);
		return true;
	}
	site = &dso->sites[dso->nsites++];
	site->offset = (int32_t)offset;
	site->key = (uint32_t)(key - dso->keys) & (SITES_MAX - 1);
	site->tail = record->key & STATIC_CALL_SITE_TAIL;
	site->kind = place == PATCHABLE ? site_kind(key, addr, site->tail) & 3 : ARCH_NONE;
	count(key, addr, site->kind, 1);
	return true;
}

/* fill_sites: returns whether they have come out ascending, as linkers make them. */
static bool fill_sites(struct reading *reading, size_t n)
{
	struct dso *dso = reading->dso;
	const struct static_call_site *record = dso->desc->sites, *end = record + n;
	int64_t last = INT64_MIN;
	bool ascending = true;

	for (; record < end; record++) {
		if (!fill_site(reading, record)) {
			dso->damaged++;
		} else if (dso->nsites) {
			ascending &= last < dso->sites[dso->nsites - 1].offset;
			last = dso->sites[dso->nsites - 1].offset;
		}
	}
	return ascending;
}

static bool below(const void *a, const void *b)
{
	return ((const struct site *)a)->offset < ((const struct site *)b)->offset;
}

/*
 * merge: of two records of one call keep the one that it can be patched by, in @kept;
 * where these are two, it is nobody's.
 */
static void merge(struct dso *dso, struct site *kept, struct site other)
{
	uintptr_t addr = site_addr(dso, kept);
	struct site worse = other;

	if (kept->kind == ARCH_NONE) {
		worse = *kept;
		*kept = other;
	}
	count(&dso->keys[worse.key], addr, worse.kind, -1);
	if (worse.kind == ARCH_NONE || worse.key == kept->key)
		return;
	count(&dso->keys[kept->key], addr, kept->kind, -1);
	kept->kind = ARCH_NONE;
	count(&dso->keys[kept->key], addr, kept->kind, 1);
}

static void sort_sites(struct dso *dso)
{
	struct site *kept = dso->sites;
	uint32_t i;

	sort(dso->sites, dso->nsites, sizeof(*dso->sites), below);
	for (i = 1; i < dso->nsites; i++) {
		if (kept->offset == dso->sites[i].offset)
			merge(dso, kept, dso->sites[i]);
		else
			*++kept = dso->sites[i];
	}
	dso->nsites = (uint32_t)(kept - dso->sites) + 1;
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

/* read_sites: 0 or -ENOMEM. */
static int read_sites(struct dso *dso, struct image *image)
{
	const struct static_call_dso *desc = dso->desc;
	size_t n = (size_t)((const char *)desc->sites_end - (const char *)desc->sites) /
		   sizeof(*desc->sites);
	const struct window none = { UINTPTR_MAX, 0 };
	struct reading reading = { .dso = dso, .image = image, .keys = none, .text = none };
	size_t sites_size, order_size;
	char *mem;

	if (n >= SITES_MAX || map_keys(&reading, n))
		return -ENOMEM;
	sites_size = (n * sizeof(*dso->sites) + 63) & ~(size_t)63;
	order_size = (n * sizeof(*dso->order) + 63) & ~(size_t)63;
	dso->mapped = sites_size + order_size + reading.map.max_keys * sizeof(*dso->keys);
	mem = map_memory(dso->mapped);
	if (mem) {
		dso->sites = (struct site *)mem;
		dso->order = (uint32_t *)(mem + sites_size);
		dso->keys = (struct rkey *)(mem + sites_size + order_size);
		if (!fill_sites(&reading, n))
			sort_sites(dso);
		group_sites(dso);
	}
	unmap_memory(reading.map.index, reading.map.size);
	return mem ? 0 : -ENOMEM;
}

/* read_escapes: 0, -ENOMEM, or -EINVAL where what they say is lost. */
static int read_escapes(struct dso *dso, struct image *image)
{
	const struct static_call_dso *desc = dso->desc;
	const int32_t *record;
	uintptr_t key;

	dso->escapes_size = (size_t)(desc->escapes_end - desc->escapes) * sizeof(*dso->escapes);
	if (!dso->escapes_size)
		return 0;
	dso->escapes = map_memory(dso->escapes_size);
	if (!dso->escapes)
		return -ENOMEM;
	for (record = desc->escapes; record < desc->escapes_end; record++) {
		if (!*record)
			continue;
		key = self_relative(record);
		if (!key_sound(image, key) ||
		    !key_escape(image, (const void *)key, &dso->escapes[dso->nescapes]))
			return -EINVAL;
		dso->nescapes += dso->escapes[dso->nescapes].start <
				 dso->escapes[dso->nescapes].end;
	}
	return 0;
}

/*
 * dso_tables: read them; 0, -ENOMEM, or -EINVAL where it is not known what escapes.
 *
 * Not under the lock, for the same reason as dso_find().
 */
int dso_tables(struct dso *dso)
{
	const struct static_call_dso *desc = dso->desc;
	struct image image;
	int err = 0;

	if (!image_read(&image, desc) || !table_sound(&image, desc->escapes, desc->escapes_end))
		return -EINVAL;
	if (!table_sound(&image, desc->sites, desc->sites_end))
		dso->damaged = 1;
	else if (desc->sites != desc->sites_end)
		err = read_sites(dso, &image);
	if (!err)
		err = read_escapes(dso, &image);
	if (!err)
		err = exports_find(dso, &image);
	dso->unreadable = !symbols_read(&dso->symbols, &image);
	return err;
}
