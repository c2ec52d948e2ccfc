// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include <staticcall/abi.h>
#include <stdlib.h>
#include <string.h>

#include "symbols.h"
#include "table.h"
#include "version.h"

/* Sections of the name; their entries, and whether all can be read. */
static bool count_entries(struct image *img, const char *name, size_t size, size_t *count,
			  struct fault *fault)
{
	*count = 0;
	for (size_t i = 1; i < img->nsection; i++) {
		struct section *sec = &img->section[i];

		if (strcmp(sec->name, name) || !sec->hdr.sh_size)
			continue;
		if (!image_load(img, sec, fault))
			return false;
		if (!(sec->hdr.sh_flags & SHF_ALLOC))
			return fault_set(
				fault,
				"section '%s' is not loaded at run time (no SHF_ALLOC)",
				name);
		*count += sec->hdr.sh_size / size;
	}
	return true;
}

static void read_site(struct image *img, struct site *site)
{
	uint64_t key;
	struct fault fault;

	if (!image_relative(img, site->record, &site->addr, &fault) ||
	    !image_relative(img, site->record + offsetof(struct static_call_site, key),
			    &key, &fault)) {
		site->fault = xstrdup(fault.text);
		return;
	}
	site->readable = true;
	site->mode = site->addr & img->arch->mode_bits;
	site->addr -= site->mode;
	site->key_addr = key & ~(uint64_t)STATIC_CALL_SITE_FLAGS;
	site->flags = key & STATIC_CALL_SITE_FLAGS;
}

static bool read_sites(struct table *table, struct fault *fault)
{
	struct image *img = table->img;
	size_t count, size = sizeof(struct static_call_site);

	if (!count_entries(img, STATIC_CALL_SITES_SECTION, size, &count, fault))
		return false;
	table->site = xcalloc(count, sizeof(*table->site));
	for (size_t i = 1; i < img->nsection; i++) {
		struct section *sec = &img->section[i];

		if (strcmp(sec->name, STATIC_CALL_SITES_SECTION))
			continue;
		table->damaged |= sec->hdr.sh_size % size != 0;
		for (size_t j = 0; j < sec->hdr.sh_size / size; j++) {
			struct site *site = &table->site[table->nsite++];

			site->section = sec;
			site->number = j;
			site->record = sec->addr + j * size;
			read_site(img, site);
			table->damaged |= !site->readable;
		}
	}
	return true;
}

static int by_key(const void *a, const void *b)
{
	const struct site *x = *(struct site *const *)a;
	const struct site *y = *(struct site *const *)b;

	return (x->key_addr > y->key_addr) - (x->key_addr < y->key_addr);
}

/* The keys are those that the records name. */
static void read_keys(struct table *table)
{
	struct site **order = xcalloc(table->nsite, sizeof(*order));
	size_t n = 0;

	for (size_t i = 0; i < table->nsite; i++)
		if (table->site[i].readable)
			order[n++] = &table->site[i];
	qsort(order, n, sizeof(*order), by_key);
	table->key = xcalloc(n, sizeof(*table->key));
	for (size_t i = 0; i < n; i++) {
		struct key *key;

		if (!i || order[i]->key_addr != order[i - 1]->key_addr) {
			key = &table->key[table->nkey++];
			key->addr = order[i]->key_addr;
			key_read(table->img, key);
			table->damaged |= key->fault != NULL;
		}
		key = &table->key[table->nkey - 1];
		key->nsites++;
		order[i]->key = key;
	}
	free(order);
}

static bool read_escapes(struct table *table, struct fault *fault)
{
	struct image *img = table->img;
	size_t count, size = sizeof(int32_t);
	struct fault ignored;

	if (!count_entries(img, STATIC_CALL_ESCAPES_SECTION, size, &count, fault))
		return false;
	table->escape = xcalloc(count, sizeof(*table->escape));
	for (size_t i = 1; i < img->nsection; i++) {
		struct section *sec = &img->section[i];

		if (strcmp(sec->name, STATIC_CALL_ESCAPES_SECTION))
			continue;
		table->damaged |= sec->hdr.sh_size % size != 0;
		for (size_t j = 0; j < sec->hdr.sh_size / size; j++) {
			struct escape *esc = &table->escape[table->nescape];

			esc->section = sec;
			esc->record = sec->addr + j * size;
			esc->readable = image_relative(img, esc->record, &esc->key_addr,
						       &ignored);
			/* A record of nothing. */
			if (esc->readable && esc->key_addr == esc->record)
				continue;
			table->nescape++;
			esc->key.addr = esc->key_addr;
			table->damaged |= !esc->readable;
		}
	}
	return true;
}

static void read_escaped_keys(struct table *table)
{
	for (size_t i = 0; i < table->nescape; i++) {
		struct escape *esc = &table->escape[i];

		if (esc->readable)
			key_read(table->img, &esc->key);
		table->damaged |= esc->key.fault != NULL;
	}
}

/* That of any key that says so is the file's; if none does, the rest tells why. */
static uint32_t find_abi(const struct table *table)
{
	uint32_t other = 0, abi;

	for (size_t i = 0; i < table->nsite + table->nescape; i++) {
		uint64_t key = i < table->nsite
				       ? table->site[i].key_addr
				       : table->escape[i - table->nsite].key_addr;

		abi = version_of(table->img, key);
		if (abi == STATIC_CALL_ABI)
			return abi;
		if (!other)
			other = abi;
	}
	return other ? other : STATIC_CALL_ABI;
}

static int by_slot(const void *a, const void *b)
{
	const struct escape *x = a, *y = b;

	return compare_slots(&x->key.slot, &y->key.slot);
}

static bool same_object(const struct slot *a, const struct slot *b)
{
	if (a->defined || b->defined)
		return a->defined && b->defined;
	return a->symbol && b->symbol && !strcmp(a->symbol, b->symbol);
}

/*
 * A key has escaped if its slot lies in the range of an escape's key.  The
 * escapes are sorted, and end[i] is how far those up to i reach.
 */
static void mark_escaped(struct table *table)
{
	uint64_t *end = xcalloc(table->nescape, sizeof(*end));
	struct escape *esc = table->escape;

	qsort(esc, table->nescape, sizeof(*esc), by_slot);
	for (size_t i = 0; i < table->nescape; i++) {
		const struct slot *slot = &esc[i].key.slot;

		end[i] = slot->addr + esc[i].key.size;
		if (i && same_object(slot, &esc[i - 1].key.slot) && end[i] < end[i - 1])
			end[i] = end[i - 1];
	}
	for (size_t i = 0; i < table->nkey; i++) {
		struct key *key = &table->key[i];
		size_t lo = 0, hi = table->nescape;

		while (lo < hi) {
			size_t mid = lo + (hi - lo) / 2;

			if (compare_slots(&esc[mid].key.slot, &key->slot) <= 0)
				lo = mid + 1;
			else
				hi = mid;
		}
		key->escaped = key->slot.known && lo &&
			       same_object(&esc[lo - 1].key.slot, &key->slot) &&
			       key->slot.addr < end[lo - 1];
	}
	free(end);
}

/*
 * What is marked by a wildcard alone, and can be seen by other files, may be stored to by
 * one that knows no marks.
 */
static void mark_exported(struct table *table)
{
	for (size_t i = 0; i < table->nkey; i++) {
		struct key *key = &table->key[i];

		if (key->slot.known && key->flags & STATIC_CALL_KEY_GLOB)
			key->exported = slot_exported(table->img, &key->slot);
	}
}

bool table_read(struct image *img, struct table *table, struct fault *fault)
{
	*table = (struct table){ .img = img };
	if (!read_sites(table, fault) || !read_escapes(table, fault)) {
		table_free(table);
		return false;
	}
	table->abi = find_abi(table);
	if (table->abi != STATIC_CALL_ABI)
		return true;
	read_escaped_keys(table);
	read_keys(table);
	mark_escaped(table);
	mark_exported(table);
	return true;
}

bool table_foreign(const struct table *table, struct fault *fault)
{
	if (table->abi == STATIC_CALL_ABI)
		return false;
	fault_set(fault,
		  "was made by a staticcall of ABI version %" PRIu32
		  ", this one knows version %d: compile and link it anew",
		  table->abi, STATIC_CALL_ABI);
	return true;
}

void table_free(struct table *table)
{
	for (size_t i = 0; i < table->nsite; i++)
		free(table->site[i].fault);
	for (size_t i = 0; i < table->nkey; i++)
		free(table->key[i].fault);
	for (size_t i = 0; i < table->nescape; i++)
		free(table->escape[i].key.fault);
	free(table->site);
	free(table->key);
	free(table->escape);
}

struct key *table_key(struct table *table, uint64_t addr)
{
	size_t lo = 0, hi = table->nkey;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (table->key[mid].addr == addr)
			return &table->key[mid];
		if (table->key[mid].addr < addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static int by_pointer(const void *a, const void *b)
{
	return compare_slots(&(*(const struct key *const *)a)->slot,
			     &(*(const struct key *const *)b)->slot);
}

/* What cannot be read is one of its own. */
static size_t count_pointers(const struct table *table, bool escaped)
{
	const struct key **key = xcalloc(table->nkey, sizeof(*key));
	size_t n = 0, unknown = 0, pointers;

	for (size_t i = 0; i < table->nkey; i++)
		if (!table->key[i].slot.known)
			unknown += !escaped;
		else if (!escaped || table->key[i].escaped)
			key[n++] = &table->key[i];
	qsort(key, n, sizeof(*key), by_pointer);
	pointers = unknown;
	for (size_t i = 0; i < n; i++)
		pointers += !i || by_pointer(&key[i - 1], &key[i]);
	free(key);
	return pointers;
}

size_t table_pointers(const struct table *table)
{
	return count_pointers(table, false);
}

size_t table_escaped(const struct table *table)
{
	return count_pointers(table, true);
}

const char *key_name(struct table *table, uint64_t addr, char *buf, size_t size)
{
	struct key *key = table_key(table, addr);
	const struct symbol *symbol;

	if (key && key->name)
		return key->name;
	symbol = symbol_prefixed(table->img, addr, STATIC_CALL_KEY_PREFIX);
	if (symbol)
		return symbol->name;
	snprintf(buf, size, "0x%llx", (unsigned long long)addr);
	return buf;
}
