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
#define _GNU_SOURCE
#include <link.h>

#include "internal.h"

/* What the dynamic section says; System V ABI, chapter 5, and for DT_GNU_HASH binutils. */
struct symbols {
	const ElfW(Sym) *table;
	const Elf_Symndx *hash;
	const uint32_t *gnu_hash;
};

#define UNKNOWN	SIZE_MAX

/* An address in the dynamic section: the dynamic linker has relocated it, or not (musl). */
static uintptr_t dynamic_address(const struct image *image, uintptr_t ptr, size_t size)
{
	if (image_holds(image, ptr, size, PF_R))
		return ptr;
	ptr += image->load;
	return image_holds(image, ptr, size, PF_R) ? ptr : 0;
}

static struct symbols find_symbols(const struct image *image)
{
	const ElfW(Dyn) *dyn = image->dynamic;
	struct symbols found = { 0 };

	for (; dyn && image_holds(image, (uintptr_t)dyn, sizeof(*dyn), PF_R) &&
	       dyn->d_tag != DT_NULL; dyn++) {
		if (dyn->d_tag == DT_SYMTAB)
			found.table = (const void *)dynamic_address(image, dyn->d_un.d_ptr,
								       sizeof(ElfW(Sym)));
		else if (dyn->d_tag == DT_HASH)
			found.hash = (const void *)dynamic_address(image, dyn->d_un.d_ptr,
								      2 * sizeof(Elf_Symndx));
		else if (dyn->d_tag == DT_GNU_HASH)
			found.gnu_hash = (const void *)dynamic_address(image, dyn->d_un.d_ptr, 16);
	}
	return found;
}

/* The last symbol is at the end of the chain of the bucket that begins last. */
static size_t count_hashed(const struct image *image, const uint32_t *hash)
{
	uint32_t nbuckets = hash[0], first = hash[1], bloom = hash[2], last = 0, i;
	const uint32_t *buckets = (const uint32_t *)((const ElfW(Addr) *)&hash[4] + bloom);
	const uint32_t *chains = buckets + nbuckets;

	if (!image_holds(image, (uintptr_t)buckets, nbuckets * sizeof(*buckets), PF_R))
		return UNKNOWN;
	for (i = 0; i < nbuckets; i++)
		last = buckets[i] > last ? buckets[i] : last;
	if (last < first)
		return 0;
	do {
		if (!image_holds(image, (uintptr_t)&chains[last - first], sizeof(*chains), PF_R))
			return UNKNOWN;
	} while (!(chains[last++ - first] & 1));
	return last;
}

static size_t count_symbols(const struct image *image, const struct symbols *symbols)
{
	size_t n = UNKNOWN;

	if (symbols->table && symbols->hash)
		n = symbols->hash[1];
	else if (symbols->table && symbols->gnu_hash)
		n = count_hashed(image, symbols->gnu_hash);
	if (n > UINTPTR_MAX / sizeof(ElfW(Sym)) ||
	    !image_holds(image, (uintptr_t)symbols->table, n * sizeof(ElfW(Sym)), PF_R))
		return UNKNOWN;
	return n;
}

static bool is_variable(const ElfW(Sym) *sym)
{
	unsigned int type = ELF64_ST_TYPE(sym->st_info);

	/* What assembly defines often has neither a type nor a size. */
	return sym->st_shndx != SHN_UNDEF &&
	       (type == STT_OBJECT || type == STT_COMMON || type == STT_NOTYPE);
}

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
	const struct symbols symbols = find_symbols(image);
	size_t n = count_symbols(image, &symbols), i;
	const ElfW(Sym) *sym;
	uintptr_t start, size;

	/* A program that is linked statically has none. */
	if (!symbols.table || n == UNKNOWN)
		return !image->dynamic;
	for (sym = symbols.table; sym < symbols.table + n; sym++) {
		if (!is_variable(sym))
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
