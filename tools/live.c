// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "live.h"
#include "site.h"

/* struct pending: a key on its way into a row. */
struct pending {
	const struct object *object;
	struct key *key;
	uint64_t slot;
	struct row *row;
};

/*
 * Rows: keys with one slot become one.
 */

static int by_slot(const void *a, const void *b)
{
	const struct pending *x = a, *y = b;

	if (x->slot != y->slot)
		return x->slot < y->slot ? -1 : 1;
	return key_known(y->key) - key_known(x->key);
}

static bool same_row(const struct pending *a, const struct pending *b)
{
	return a->slot == b->slot && key_known(a->key) == key_known(b->key);
}

static int by_range(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

static size_t collect_keys(struct live *live, struct pending *pending)
{
	size_t n = 0;

	for (size_t i = 0; i < live->objects.count; i++) {
		struct object *obj = &live->objects.object[i];

		for (size_t j = 0; j < obj->table.nkey; j++) {
			struct pending *p = &pending[n];

			p->object = obj;
			p->key = &obj->table.key[j];
			if (p->key->readable &&
			    live_pointer(live->objects.proc, obj->img,
					 p->key->addr + obj->bias, &p->slot))
				n++;
		}
	}
	return n;
}

static size_t collect_ranges(struct live *live, struct range *range)
{
	size_t n = 0;

	for (size_t i = 0; i < live->objects.count; i++) {
		struct object *obj = &live->objects.object[i];

		for (size_t j = 0; j < obj->table.nescape; j++) {
			struct escape *esc = &obj->table.escape[j];

			if (!esc->readable || !esc->key.readable ||
			    !live_pointer(live->objects.proc, obj->img,
					  esc->key_addr + obj->bias, &range[n].start))
				continue;
			range[n].end = range[n].start + esc->key.size;
			n++;
		}
	}
	return n;
}

/* Rows are sorted by slot here, and so become the ranges. */
static void mark_escaped(struct live *live, size_t nescape)
{
	struct range *range = xcalloc(nescape, sizeof(*range));
	size_t n = collect_ranges(live, range), next = 0;
	uint64_t reach = 0;

	qsort(range, n, sizeof(*range), by_range);
	for (size_t i = 0; i < live->nrow; i++) {
		while (next < n && range[next].start <= live->row[i].slot) {
			if (range[next].end > reach)
				reach = range[next].end;
			next++;
		}
		live->row[i].escaped = live->row[i].slot < reach;
	}
	free(range);
}

static void make_rows(struct live *live, struct pending *pending, size_t n)
{
	qsort(pending, n, sizeof(*pending), by_slot);
	live->row = xcalloc(n, sizeof(*live->row));
	for (size_t i = 0; i < n; i++) {
		const struct key *key = pending[i].key;
		struct row *row;

		if (!i || !same_row(&pending[i], &pending[i - 1])) {
			live->row[live->nrow].key = key;
			live->row[live->nrow++].slot = pending[i].slot;
		}
		row = &live->row[live->nrow - 1];
		if (!row->name)
			row->name = key->name;
		row->nsite += key->nsites;
		row->unseen |= key->unseen;
		row->exported |= key->exported;
		pending[i].row = row;
	}
	for (size_t i = 0; i < live->nrow; i++)
		if (!live->row[i].name)
			live->row[i].name = "?";
}

/*
 * Sites.
 */

static int by_address(const void *a, const void *b)
{
	const struct live_site *x = a, *y = b;

	return (x->addr > y->addr) - (x->addr < y->addr);
}

static int by_object_key(const void *a, const void *b)
{
	const struct pending *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

static struct row *find_row(const struct pending *pending, size_t n, struct key *key)
{
	struct pending want = { .key = key };
	struct pending *found = bsearch(&want, pending, n, sizeof(want), by_object_key);

	return found ? found->row : NULL;
}

/* Where the site led before it was patched, be it code of the linker. */
static uint64_t find_home(const struct object *obj, const struct site *site)
{
	uint64_t home = site->key->tramp;
	struct site_code sc;
	struct fault ignored;

	if (site_read(obj->img, site, &sc, &ignored) && site_is_branch(&sc) &&
	    sc.target == home)
		home = sc.insn.target;
	return arch_address(obj->img->arch, home + obj->bias);
}

static void make_sites(struct live *live, struct pending *pending, size_t n, size_t nsite)
{
	qsort(pending, n, sizeof(*pending), by_object_key);
	live->site = xcalloc(nsite, sizeof(*live->site));
	for (size_t i = 0; i < live->objects.count; i++) {
		struct object *obj = &live->objects.object[i];

		live->nfile += obj->table.nsite != 0;
		for (size_t j = 0; j < obj->table.nsite; j++) {
			const struct site *site = &obj->table.site[j];
			struct live_site *s = &live->site[live->nsite];

			s->row = find_row(pending, n, site->key);
			if (!s->row)
				continue;
			s->object = obj;
			s->site = site;
			s->addr = site->addr + obj->bias;
			s->start = site_start(obj->img, site) + obj->bias;
			s->home = find_home(obj, site);
			live->nsite++;
		}
	}
	qsort(live->site, live->nsite, sizeof(*live->site), by_address);
}

/* Group the sites by row; they are sorted by address and stay so. */
static void group_sites(struct live *live)
{
	struct live_site **next = live->by_row =
		xcalloc(live->nsite, sizeof(*live->by_row));

	for (size_t i = 0; i < live->nrow; i++) {
		live->row[i].site = next;
		next += live->row[i].nsite;
		live->row[i].nsite = 0;
	}
	for (size_t i = 0; i < live->nsite; i++) {
		struct row *row = live->site[i].row;

		row->site[row->nsite++] = &live->site[i];
	}
}

static int by_name(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int c = strcmp(x->name, y->name);

	return c ? c : (x->slot > y->slot) - (x->slot < y->slot);
}

bool live_read(struct process *proc, struct live *live, struct fault *fault)
{
	size_t nkey = 0, nsite = 0, nescape = 0, n;
	struct pending *pending;

	*live = (struct live){ 0 };
	if (!objects_find(proc, &live->objects, fault)) {
		live_free(live);
		return false;
	}
	for (size_t i = 0; i < live->objects.count; i++) {
		nkey += live->objects.object[i].table.nkey;
		nsite += live->objects.object[i].table.nsite;
		nescape += live->objects.object[i].table.nescape;
	}
	pending = xcalloc(nkey, sizeof(*pending));
	n = collect_keys(live, pending);
	make_rows(live, pending, n);
	mark_escaped(live, nescape);
	make_sites(live, pending, n, nsite);
	free(pending);
	group_sites(live);
	live_states(live);
	qsort(live->row, live->nrow, sizeof(*live->row), by_name);
	if (process_alive(proc))
		return true;
	live_free(live);
	return fault_set(fault, "has exited");
}

void live_free(struct live *live)
{
	free(live->row);
	free(live->site);
	free(live->by_row);
	objects_free(&live->objects);
}
