/* SPDX-License-Identifier: MIT */
/*
 * unseen.c: variables that some DSO changes without knowing that they are marked.
 *
 * Where the plugin has compiled such a DSO, it has a note with their names
 * (STATIC_CALL_NOTE_UNSEEN).  Whoever defines a variable of one of these names for others has
 * let it out, as by a record of its own: which definition a name stands for in whose scope
 * only the dynamic linker knows, and one too many costs no more than speed.
 *
 * A note is there before its DSO is relocated, so whoever is loaded at the time of a
 * registration is known with all that it may store to from then on.  One that comes
 * later and does not register says so, by __static_call_look().
 */
#define _GNU_SOURCE
#include <link.h>
#include <string.h>

#include "internal.h"

/* All that have been found, ascending; under the lock.  They stay: see escapes.c. */
static struct names all;

static bool below(const void *a, const void *b)
{
	return *(const uint64_t *)a < *(const uint64_t *)b;
}

static int names_reserve(struct names *names, size_t more)
{
	size_t want = names->n + more, capacity = names->capacity ? names->capacity : 512;
	uint64_t *grown;

	if (want <= names->capacity)
		return 0;
	while (capacity < want)
		capacity *= 2;
	grown = names->capacity ? map_grow(names->hashes, names->capacity * sizeof(*grown),
					   capacity * sizeof(*grown)) :
				  map_memory(capacity * sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	names->hashes = grown;
	names->capacity = capacity;
	return 0;
}

static int names_add(struct names *names, uint64_t hash)
{
	if (names_reserve(names, 1))
		return -ENOMEM;
	names->hashes[names->n++] = hash;
	return 0;
}

void names_free(struct names *names)
{
	unmap_memory(names->hashes, names->capacity * sizeof(*names->hashes));
	*names = (struct names){ 0 };
}

/* Ascending, each once. */
static void names_sort(struct names *names)
{
	size_t i, kept = 0;

	sort(names->hashes, names->n, sizeof(*names->hashes), below);
	for (i = 0; i < names->n; i++)
		if (!kept || names->hashes[kept - 1] != names->hashes[i])
			names->hashes[kept++] = names->hashes[i];
	names->n = kept;
}

static bool names_have(const struct names *names, uint64_t hash)
{
	size_t lo = 0, hi = names->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (names->hashes[mid] < hash)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < names->n && names->hashes[lo] == hash;
}

/*
 * As by Fowler, Noll and Vo (FNV-1a).  What ld --wrap=X makes of a reference to X, or to
 * __real_X, is known at link only.
 */
static uint64_t hash(const char *name)
{
	uint64_t sum = UINT64_C(0xcbf29ce484222325);

	while (!strncmp(name, "__wrap_", 7) || !strncmp(name, "__real_", 7))
		name += 7;
	while (*name)
		sum = (sum ^ (unsigned char)*name++) * UINT64_C(0x100000001b3);
	return sum;
}

/*
 * struct look: at what is loaded.
 * @told:  by the notes of one object.
 * @found: by those of all, of what the object offers to others, or has of them.
 */
struct look {
	struct names told, *found;
	int err;
};

static void visit_note(const void *text, size_t size, void *arg)
{
	const char *name = text, *end = name + size;
	struct look *look = arg;

	/* What follows the last name is none, or has no end. */
	for (; name < end && memchr(name, 0, (size_t)(end - name)); name += strlen(name) + 1)
		if (*name && names_add(&look->told, hash(name)))
			look->err = -ENOMEM;
}

/* What is in no table of the dynamic linker is nobody else's. */
static int sift(struct look *look, const struct image *image)
{
	struct symbols symbols;
	bool readable = symbols_read(&symbols, image);
	const ElfW(Sym) *sym;
	const char *name;
	size_t i;

	/* No symbol of its own, so how many it has of others is not known. */
	if (!readable || (image->dynamic && !symbols.n)) {
		if (names_reserve(look->found, look->told.n))
			return -ENOMEM;
		for (i = 0; i < look->told.n; i++)
			look->found->hashes[look->found->n++] = look->told.hashes[i];
		return 0;
	}
	for (sym = symbols.table; sym < symbols.table + symbols.n; sym++) {
		name = symbol_name(&symbols, sym);
		if (name && names_have(&look->told, hash(name)) &&
		    names_add(look->found, hash(name)))
			return -ENOMEM;
	}
	return 0;
}

static int visit_object(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct look *look = arg;
	struct image image;

	(void)size;
	look->told.n = 0;
	notes_each(info, STATIC_CALL_NOTE_UNSEEN, visit_note, look);
	if (look->told.n && !look->err) {
		names_sort(&look->told);
		image_of(&image, info);
		look->err = sift(look, &image);
	}
	return look->err;
}

/*
 * unseen_find: the names that the notes of all that is loaded tell.  0 or -ENOMEM.
 *
 * Not under the lock, as the dynamic linker's own is taken.
 */
int unseen_find(struct names *found)
{
	struct look look = { .found = found };

	dl_iterate_phdr(visit_object, &look);
	names_free(&look.told);
	names_sort(found);
	return look.err;
}

/* Of how many bytes at @start: of what has no size, all that may belong to it. */
static size_t extent(const struct dso *dso, uintptr_t start, size_t size)
{
	const struct segment *seg = dso->segments, *end = seg + dso->nsegments;

	for (; !size && seg < end; seg++)
		if (start >= seg->start && start < seg->end)
			return seg->end - start;
	return size;
}

/* What @dso defines by one of @names, or by any if that is NULL, has escaped. */
static int let_out(const struct dso *dso, const struct names *names, struct plan *plan)
{
	const struct symbols *symbols = &dso->symbols;
	const ElfW(Sym) *sym;
	const char *name;
	struct area range;

	for (sym = symbols->table; sym < symbols->table + symbols->n; sym++) {
		name = symbol_defined(sym) ? symbol_name(symbols, sym) : NULL;
		if (!name || (names && !names_have(names, hash(name))))
			continue;
		range.start = symbols->load + sym->st_value;
		range.end = range.start + extent(dso, range.start, sym->st_size);
		debug("%s: %s may be stored to unseen, by another file", dso->name, name);
		if (range.end > range.start && escapes_add(&range, 1, plan))
			return -ENOMEM;
	}
	return 0;
}

static int let_out_all(const struct dso *dso, struct plan *plan)
{
	const struct segment *seg = dso->segments, *end = seg + dso->nsegments;
	struct area range;

	for (; seg < end; seg++) {
		range = (struct area){ seg->start, seg->end };
		if (escapes_add(&range, 1, plan))
			return -ENOMEM;
	}
	return 0;
}

/* Leave those that are new. */
static void drop_known(struct names *found)
{
	size_t i, kept = 0;

	for (i = 0; i < found->n; i++)
		if (!names_have(&all, found->hashes[i]))
			found->hashes[kept++] = found->hashes[i];
	found->n = kept;
}

/*
 * unseen_add: @found has been found: have @plan unpatch what DSOs that have registered define
 * by these names.  0 or -ENOMEM.  Under the lock.
 */
int unseen_add(struct names *found, struct plan *plan)
{
	const struct dso *dso;
	size_t i;

	assert_locked();
	drop_known(found);
	if (!found->n)
		return 0;
	if (names_reserve(&all, found->n))
		return -ENOMEM;
	for (i = 0; i < found->n; i++)
		all.hashes[all.n++] = found->hashes[i];
	names_sort(&all);
	for (dso = registry; dso; dso = dso->next)
		if (!dso->departed && let_out(dso, found, plan))
			return -ENOMEM;
	return 0;
}

/*
 * Can others call us, by name?  Not where this library is part of a program or another
 * library that does not export its functions.
 */
static bool audible(void)
{
	static int known;
	struct symbols symbols;
	struct image image;
	const ElfW(Sym) *sym;
	const char *name;

	if (known)
		return known > 0;
	known = -1;
	if (!image_read(&image, &all) || !symbols_read(&symbols, &image))
		return false;
	for (sym = symbols.table; sym < symbols.table + symbols.n; sym++) {
		name = sym->st_name < symbols.names_size ? symbols.names + sym->st_name : "";
		if (sym->st_shndx != SHN_UNDEF && !strcmp(name, STATIC_CALL_LOOK_SYMBOL))
			known = 1;
	}
	return known > 0;
}

/* unseen_enter: @dso is about to register.  0 or -ENOMEM.  Under the lock. */
int unseen_enter(const struct dso *dso, struct plan *plan)
{
	assert_locked();
	if (dso->unreadable)
		return let_out_all(dso, plan);
	if (!all.n && audible())
		return 0;
	return let_out(dso, audible() ? &all : NULL, plan);
}
