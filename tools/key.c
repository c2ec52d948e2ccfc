// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include <staticcall/abi.h>

#include "key.h"
#include "version.h"

#define POINTERS (offsetof(struct static_call_key, tramp) / sizeof(void *))

/* Keys begin with pointers of the file's size, the rest is fixed. */
static uint64_t field(const struct image *img, size_t offset)
{
	return offset - POINTERS * sizeof(void *) + POINTERS * img->pointer;
}

/* Where a field of the key is. */
#define PLACE(name) (key->addr + field(img, offsetof(struct static_call_key, name)))

size_t key_size(const struct image *img)
{
	return field(img, sizeof(struct static_call_key));
}

static bool read_number(struct image *img, uint64_t addr, unsigned int size,
			uint32_t *value, struct fault *fault)
{
	const uint8_t *bytes = image_bytes(img, addr, size, fault);

	if (!bytes)
		return false;
	*value = size == 2 ? image_u16(img, bytes) : image_u32(img, bytes);
	return true;
}

/* What the linker has yet to find is not there yet. */
static bool read_unseen(struct image *img, struct key *key, struct fault *fault)
{
	struct slot unseen = { 0 };

	if (!slot_read(img, key->addr + img->pointer, &unseen, fault))
		return false;
	key->unseen = unseen.defined && unseen.addr;
	return true;
}

static bool read_numbers(struct image *img, struct key *key, struct fault *fault)
{
	uint32_t member;

	if (!read_number(img, PLACE(member), 4, &member, fault))
		return false;
	key->member = member;
	return read_number(img, PLACE(size), 4, &key->size, fault) &&
	       read_number(img, PLACE(kind), 2, &key->kind, fault) &&
	       read_number(img, PLACE(flags), 2, &key->flags, fault);
}

static bool read_fields(struct image *img, struct key *key, struct fault *fault)
{
	uint64_t name;
	uint32_t abi;

	if (!image_section(img, key->addr))
		return fault_set(fault, "no section holds a key there");
	abi = version_of_key(img, key->addr);
	if (abi && abi != STATIC_CALL_ABI)
		return fault_set(
			fault,
			"it is laid out as in ABI version %u: compile its unit again",
			abi);
	if (!image_bytes(img, key->addr, key_size(img), fault) ||
	    !slot_read(img, key->addr, &key->slot, fault) ||
	    !read_unseen(img, key, fault) ||
	    !image_relative(img, PLACE(tramp), &key->tramp, fault) ||
	    !image_relative(img, PLACE(name), &name, fault) ||
	    !image_relative(img, PLACE(dso), &key->dso, fault) ||
	    !read_numbers(img, key, fault))
		return false;
	key->tramp_mode = key->tramp & img->arch->mode_bits;
	key->tramp -= key->tramp_mode;
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

bool key_known(const struct key *key)
{
	return (key->kind == STATIC_CALL_KEY_POINTER ||
		key->kind == STATIC_CALL_KEY_ESCAPE) &&
	       !(key->flags & ~(uint32_t)STATIC_CALL_KEY_FLAGS);
}

const char *key_kind(const struct key *key, char *buf)
{
	switch (key->kind) {
	case STATIC_CALL_KEY_POINTER: return "pointer";
	case STATIC_CALL_KEY_ESCAPE: return "escape";
	}
	snprintf(buf, KEY_REMARKS, "%" PRIu32, key->kind);
	return buf;
}

const char *key_remarks(const struct key *key, char *buf)
{
	uint32_t flags = key->flags & ~(uint32_t)STATIC_CALL_KEY_FLAGS;
	char kind[32] = "", flag[32] = "";

	if (key->kind > STATIC_CALL_KEY_ESCAPE)
		snprintf(kind, sizeof(kind), " (kind %" PRIu32 ")", key->kind);
	if (flags)
		snprintf(flag, sizeof(flag), " (flags 0x%" PRIx32 ")", flags);
	snprintf(buf, KEY_REMARKS, "%s%s%s%s%s%s", kind, flag,
		 key->flags & STATIC_CALL_KEY_COND ? " (cond)" : "",
		 key->escaped ? " (escaped)" : "", key->unseen ? " (unseen)" : "",
		 key->exported ? " (exported)" : "");
	return buf;
}
