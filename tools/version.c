// SPDX-License-Identifier: GPL-2.0-or-later
#include <staticcall/abi.h>
#include <string.h>

#include "symbols.h"
#include "version.h"

/*
 * struct version: a layout of keys, and of descriptors.  Keys begin with pointers of the
 * file's size, the rest is fixed; descriptors the other way round.
 * @dso: fixed bytes in front of the key's descriptor.
 */
struct version {
	unsigned int abi;
	unsigned int key_pointers;
	unsigned int dso;
	unsigned int dso_pointers;
};

#define KEY_POINTERS (offsetof(struct static_call_key, tramp) / sizeof(void *))
#define FIXED(field)                                                                     \
 (offsetof(struct static_call_key, field) - KEY_POINTERS * sizeof(void *))
#define DSO_POINTERS                                                                     \
 ((sizeof(struct static_call_dso) - offsetof(struct static_call_dso, sites)) /           \
  sizeof(void *))

static const struct version versions[] = {
	{ STATIC_CALL_ABI, KEY_POINTERS, FIXED(dso), DSO_POINTERS },
	{ 1, 1, 8, 5 },
};

#define NVERSION (sizeof(versions) / sizeof(versions[0]))

static uint32_t dso_size(const struct image *img, const struct version *v)
{
	return offsetof(struct static_call_dso, sites) + v->dso_pointers * img->pointer;
}

static bool is_descriptor(struct image *img, uint64_t addr, uint32_t *abi)
{
	struct fault ignored;
	const uint8_t *bytes = image_bytes(img, addr, 8, &ignored);
	uint32_t size;

	if (!bytes)
		return false;
	*abi = image_u32(img, bytes);
	size = image_u32(img, bytes + 4);
	for (size_t i = 0; i < NVERSION; i++)
		if (*abi == versions[i].abi || size == dso_size(img, &versions[i]))
			return true;
	return false;
}

/* Is it the descriptor that the linker will put in? */
static bool names_descriptor(struct image *img, uint64_t addr)
{
	const struct symbol *symbol = symbol_undefined(img, addr);

	if (!symbol)
		symbol = symbol_prefixed(img, addr, STATIC_CALL_DSO_SYMBOL);
	return symbol && !strcmp(symbol->name, STATIC_CALL_DSO_SYMBOL);
}

/*
 * Which layout the key has: that in which it refers to a descriptor.  @abi is what the
 * descriptor says of itself.
 */
static const struct version *find_version(struct image *img, uint64_t key, uint32_t *abi)
{
	struct fault ignored;
	uint64_t dso;

	for (size_t i = 0; i < NVERSION; i++) {
		const struct version *v = &versions[i];

		if (!image_relative(img, key + v->key_pointers * img->pointer + v->dso,
				    &dso, &ignored))
			continue;
		*abi = v->abi;
		if (img->object ? names_descriptor(img, dso)
				: is_descriptor(img, dso, abi))
			return v;
	}
	return NULL;
}

uint32_t version_of(struct image *img, uint64_t key)
{
	uint32_t abi;

	return find_version(img, key, &abi) ? abi : 0;
}

uint32_t version_of_key(struct image *img, uint64_t key)
{
	uint32_t abi;
	const struct version *v = find_version(img, key, &abi);

	return v ? v->abi : 0;
}
