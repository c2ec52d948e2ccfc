/* SPDX-License-Identifier: MIT */
/*
 * symbols.c: the dynamic symbols of a DSO: what it offers to others, and has of them.
 */
#define _GNU_SOURCE
#include <link.h>

#include "internal.h"

/* What the dynamic section says; System V ABI, chapter 5, and for DT_GNU_HASH binutils. */
struct found {
	const ElfW(Sym) *table;
	const char *names;
	size_t names_size;
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

static struct found find_symbols(const struct image *image)
{
	const ElfW(Dyn) *dyn = image->dynamic;
	struct found found = { 0 };

	for (; dyn && image_holds(image, (uintptr_t)dyn, sizeof(*dyn), PF_R) &&
	       dyn->d_tag != DT_NULL; dyn++) {
		if (dyn->d_tag == DT_SYMTAB)
			found.table = (const void *)dynamic_address(image, dyn->d_un.d_ptr,
								       sizeof(ElfW(Sym)));
		else if (dyn->d_tag == DT_STRTAB)
			found.names = (const void *)dynamic_address(image, dyn->d_un.d_ptr, 1);
		else if (dyn->d_tag == DT_STRSZ)
			found.names_size = dyn->d_un.d_val;
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

static size_t count_symbols(const struct image *image, const struct found *found)
{
	size_t n = UNKNOWN;

	if (found->table && found->hash)
		n = found->hash[1];
	else if (found->table && found->gnu_hash)
		n = count_hashed(image, found->gnu_hash);
	if (n > UINTPTR_MAX / sizeof(ElfW(Sym)) ||
	    !image_holds(image, (uintptr_t)found->table, n * sizeof(ElfW(Sym)), PF_R))
		return UNKNOWN;
	return n;
}

/* Each name has an end. */
static bool names_sound(const struct image *image, const struct found *found)
{
	return found->names && found->names_size &&
	       image_holds(image, (uintptr_t)found->names, found->names_size, PF_R) &&
	       !found->names[found->names_size - 1];
}

/* symbols_read: none, if the DSO is linked statically; false if they cannot be read. */
bool symbols_read(struct symbols *symbols, const struct image *image)
{
	const struct found found = find_symbols(image);
	size_t n = count_symbols(image, &found);

	*symbols = (struct symbols){ 0 };
	if (!found.table || n == UNKNOWN || !names_sound(image, &found))
		return !image->dynamic;
	*symbols = (struct symbols){
		.table = found.table, .n = n, .load = image->load,
		.names = found.names, .names_size = found.names_size,
	};
	return true;
}

static bool may_be_variable(const ElfW(Sym) *sym)
{
	unsigned int type = ELF64_ST_TYPE(sym->st_info);

	/* What assembly defines often has neither a type nor a size. */
	return type == STT_OBJECT || type == STT_COMMON || type == STT_NOTYPE;
}

/* symbol_defined: is it a variable of this DSO? */
bool symbol_defined(const ElfW(Sym) *sym)
{
	return sym->st_shndx != SHN_UNDEF && may_be_variable(sym);
}

/* symbol_name: of a variable of this DSO or of another one; else NULL. */
const char *symbol_name(const struct symbols *symbols, const ElfW(Sym) *sym)
{
	return may_be_variable(sym) && sym->st_name < symbols->names_size ?
		       symbols->names + sym->st_name : NULL;
}
