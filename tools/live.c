// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "live.h"
#include "site.h"

#define RETURN0 "__static_call_return0"

/* A site and its slot are not read at once: if they differ, look again. */
#define TRIES 4

const char *const state_name[STATE_COUNT] = {
	[STATE_DIRECT] = "direct", [STATE_NOP] = "nop",	    [STATE_RET0] = "ret0",
	[STATE_TRAMP] = "tramp",   [STATE_OTHER] = "other",
};

/* struct range: memory whose pointers have escaped. */
struct range {
	uint64_t start, end;
};

/* struct pending: a key on its way into a row. */
struct pending {
	const struct object *object;
	struct key *key;
	uint64_t slot;
	struct row *row;
};

static bool read_pointer(struct process *proc, const struct image *img, uint64_t addr,
			 uint64_t *value)
{
	uint8_t bytes[8];

	if (!process_read(proc, addr, bytes, img->pointer))
		return false;
	*value = image_pointer(img, bytes);
	return true;
}

/*
 * Rows: keys with one slot become one.
 */

static int by_slot(const void *a, const void *b)
{
	const struct pending *x = a, *y = b;

	return (x->slot > y->slot) - (x->slot < y->slot);
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
			    read_pointer(live->objects.proc, obj->img,
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
			    !read_pointer(live->objects.proc, obj->img,
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
		struct row *row;

		if (!i || pending[i].slot != pending[i - 1].slot)
			live->row[live->nrow++].slot = pending[i].slot;
		row = &live->row[live->nrow - 1];
		if (!row->name)
			row->name = pending[i].key->name;
		row->nsite += pending[i].key->nsites;
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
			s->home = find_home(obj, site);
			live->nsite++;
		}
	}
	qsort(live->site, live->nsite, sizeof(*live->site), by_address);
}

static bool is_return0(const struct row *row)
{
	return row->target.function && !row->target.offset &&
	       !strcmp(row->target.function, RETURN0);
}

/* A call of nothing, or of what returns 0; a stripped program does not tell which. */
static enum state nothing(const struct row *row)
{
	return row->readable && !row->value ? STATE_NOP : STATE_OTHER;
}

static enum state returns0(const struct row *row)
{
	return row->value && (is_return0(row) || !row->target.function) ? STATE_RET0
									: STATE_OTHER;
}

static enum state state_of(const struct live_site *s)
{
	const struct arch *arch = s->object->img->arch;
	const struct row *row = s->row;
	const struct key *key = s->site->key;
	uint64_t tramp = arch_address(arch, key->tramp + s->object->bias);
	unsigned int stub = arch->return_stub[key->tramp_mode];

	switch (s->insn.kind) {
	case INSN_CALL:
	case INSN_JUMP:
	case INSN_COND_JUMP:
		if (s->insn.target == tramp || s->insn.target == s->home)
			return STATE_TRAMP;
		if (s->returns || (stub && tramp - s->insn.target == stub))
			return nothing(row);
		if (stub && tramp - s->insn.target <= ARCH_STUBS_MAX)
			return returns0(row);
		if (!row->readable || !row->value || s->insn.target != row->entry)
			return STATE_OTHER;
		return is_return0(row) ? STATE_RET0 : STATE_DIRECT;
	case INSN_NOP:
	case INSN_RETURN: return nothing(row);
	case INSN_RETURN0: return returns0(row);
	default: return STATE_OTHER;
	}
}

/* Where a site branches to for the target @value. */
static uint64_t read_entry(struct process *proc, const struct arch *arch, uint64_t value)
{
	uint8_t bytes[ARCH_ENTRY_MAX];
	struct code code = { .at = bytes,
			     .size = sizeof(bytes),
			     .addr = value & ~(uint64_t)arch->mode_bits };

	if (!arch->entry || !process_read(proc, code.addr, bytes, sizeof(bytes)))
		return code.addr;
	return code.addr + arch->entry(&code);
}

static void read_value(struct live *live, struct row *row, const struct image *img)
{
	struct process *proc = live->objects.proc;
	uint64_t old = row->value;
	bool was_readable = row->readable;

	row->readable = read_pointer(proc, img, row->slot, &row->value);
	if (!row->readable)
		row->value = 0;
	if (!row->readable || !row->value || (was_readable && old == row->value))
		return;
	row->entry = read_entry(proc, img->arch, row->value);
	row->target = objects_symbolize(&live->objects,
					row->value & ~(uint64_t)img->arch->mode_bits);
}

/* A conditional jump cannot become a return, but go to one. */
static bool goes_to_return(struct process *proc, const struct live_site *s)
{
	const struct arch *arch = s->object->img->arch;
	uint8_t bytes[ARCH_INSN_MAX];
	struct code code = { .at = bytes, .addr = s->insn.target, .mode = s->site->mode };
	struct insn insn;

	if (s->insn.kind != INSN_COND_JUMP)
		return false;
	while (code.size < arch->insn_max &&
	       process_read(proc, code.addr + code.size, bytes + code.size, 1))
		code.size++;
	arch_decode(arch, &code, &insn);
	return insn.kind == INSN_RETURN;
}

static void read_site(struct live *live, struct live_site *s)
{
	const struct arch *arch = s->object->img->arch;
	uint8_t bytes[ARCH_BEFORE_MAX + ARCH_INSN_MAX];
	struct code code = { .at = bytes + arch->insn_before,
			     .size = arch->insn_max,
			     .before = arch->insn_before,
			     .addr = s->addr,
			     .mode = s->site->mode };

	s->insn = (struct insn){ .kind = INSN_OTHER };
	if (process_read(live->objects.proc, s->addr - arch->insn_before, bytes,
			 arch->insn_before + arch->insn_max))
		arch_decode(arch, &code, &s->insn);
	s->returns = !s->row->value && goes_to_return(live->objects.proc, s);
	s->state = state_of(s);
}

static void read_again(struct live *live, struct live_site *s)
{
	for (int i = 0; i < TRIES && s->state == STATE_OTHER; i++) {
		process_forget(live->objects.proc);
		read_value(live, s->row, s->object->img);
		read_site(live, s);
	}
}

/* An update during the reading leaves some sites judged by an old value. */
static void read_sites(struct live *live)
{
	for (size_t i = 0; i < live->nsite; i++)
		read_site(live, &live->site[i]);
	for (size_t i = 0; i < live->nsite; i++)
		read_again(live, &live->site[i]);
	for (size_t i = 0; i < live->nsite; i++) {
		live->site[i].state = state_of(&live->site[i]);
		read_again(live, &live->site[i]);
	}
	for (size_t i = 0; i < live->nsite; i++)
		live->site[i].row->count[live->site[i].state]++;
}

static void read_values(struct live *live)
{
	const struct image *img = NULL;

	for (size_t i = 0; !img && i < live->objects.count; i++)
		img = live->objects.object[i].img;
	for (size_t i = 0; img && i < live->nrow; i++)
		read_value(live, &live->row[i], img);
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
	read_values(live);
	read_sites(live);
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
