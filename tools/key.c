// SPDX-License-Identifier: GPL-2.0-or-later
#include <staticcall/abi.h>

#include "key.h"

/* The key's first two fields are pointers of the file's size, the rest is fixed. */
static uint64_t field(const struct image *img, size_t offset)
{
	return offset - 2 * sizeof(void *) + 2 * img->pointer;
}

size_t key_size(const struct image *img)
{
	return field(img, sizeof(struct static_call_key));
}

static bool read_fields(struct image *img, struct key *key, struct fault *fault)
{
	const uint8_t *bytes;
	uint64_t name;

	if (!image_section(img, key->addr))
		return fault_set(fault, "no section holds a key there");
	if (!image_bytes(img, key->addr, key_size(img), fault) ||
	    !slot_read(img, key->addr, &key->slot, fault) ||
	    !image_relative(
		    img, key->addr + field(img, offsetof(struct static_call_key, tramp)),
		    &key->tramp, fault) ||
	    !image_relative(
		    img, key->addr + field(img, offsetof(struct static_call_key, name)),
		    &name, fault) ||
	    !image_relative(img,
			    key->addr + field(img, offsetof(struct static_call_key, dso)),
			    &key->dso, fault))
		return false;
	key->tramp_mode = key->tramp & img->arch->mode_bits;
	key->tramp -= key->tramp_mode;
	bytes = image_bytes(
		img, key->addr + field(img, offsetof(struct static_call_key, size)), 4,
		fault);
	if (!bytes)
		return false;
	key->size = image_u32(img, bytes);
	key->readable = true;
	key->name = image_name(img, name, fault);
	if (!key->name)
		return false;
	if (!*key->name) {
		key->name = NULL;
		return fault_set(fault, "the key's name is empty");
	}
	return true;
}

void key_read(struct image *img, struct key *key)
{
	struct fault fault;

	if (!read_fields(img, key, &fault))
		key->fault = xstrdup(fault.text);
}
