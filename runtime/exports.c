/* SPDX-License-Identifier: MIT */
/*
 * exports.c: pointers that code outside of the DSO may store to by their names.
 *
 * Who marks a pointer by its own name knows who uses it.  A wildcard also fits the
 * pointers that a library offers to its users, who need not be compiled with the
 * plugin.  They are in the dynamic symbol table; so are a program's, with -rdynamic,
 * or where a library that it is linked with refers to one, and copies that it has
 * of a library's.
 */
#include "internal.h"

#define EXPORTED	((uintptr_t)1)

/* Addresses of pointers, ascending, with this bit where it is exported. */
struct pointers {
	uintptr_t *addrs;
	size_t n;
};

static bool below(const void *a, const void *b)
{
	return *(const uintptr_t *)a < *(const uintptr_t *)b;
}

/* The first one at @addr or above. */
static size_t lower_bound(const struct pointers *pointers, uintptr_t addr)
{
	size_t lo = 0, hi = pointers->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if ((pointers->addrs[mid] & ~EXPORTED) < addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* False if the symbols cannot be read. */
static bool note_exported(const struct image *image, const struct pointers *pointers)
{
	struct symbols symbols;
	const ElfW(Sym) *sym;
	uintptr_t start, size;
	size_t i;

	if (!symbols_read(&symbols, image))
		return false;
	for (sym = symbols.table; sym < symbols.table + symbols.n; sym++) {
		if (!symbol_defined(sym))
			continue;
		start = image->load + sym->st_value;
		size = sym->st_size ? sym->st_size : 1;
		for (i = lower_bound(pointers, start);
		     i < pointers->n && pointers->addrs[i] - start < size; i++)
			pointers->addrs[i] |= EXPORTED;
	}
	return true;
}

static bool by_wildcard(const struct rkey *key)
{
	return key->key->flags & STATIC_CALL_KEY_GLOB && !key->left_alone;
}

/*
 * exports_find: mark as @exposed the keys of @dso that were marked by a wildcard, and
 * whose pointers are exported, or are another DSO's, which must have exported them.
 * 0 or -ENOMEM.
 */
int exports_find(struct dso *dso, const struct image *image)
{
	struct pointers pointers = { 0 };
	struct rkey *key;
	size_t size = 0;
	uintptr_t slot;
	bool readable;

	for (key = dso->keys; key < dso->keys + dso->nkeys; key++)
		size += by_wildcard(key) * sizeof(*pointers.addrs);
	if (!size)
		return 0;
	pointers.addrs = map_memory(size);
	if (!pointers.addrs)
		return -ENOMEM;

	for (key = dso->keys; key < dso->keys + dso->nkeys; key++)
		if (by_wildcard(key))
			pointers.addrs[pointers.n++] = (uintptr_t)key->key->slot;
	sort(pointers.addrs, pointers.n, sizeof(*pointers.addrs), below);
	readable = note_exported(image, &pointers);
	for (key = dso->keys; key < dso->keys + dso->nkeys; key++) {
		slot = (uintptr_t)key->key->slot;
		if (by_wildcard(key))
			key->exposed |= !readable || !image_holds(image, slot, sizeof(slot), PF_W) ||
					pointers.addrs[lower_bound(&pointers, slot)] & EXPORTED;
	}
	unmap_memory(pointers.addrs, size);
	return 0;
}
