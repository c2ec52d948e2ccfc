/* SPDX-License-Identifier: MIT */
/*
 * keys.c: which keys of a DSO may be followed, and which pointers patched.
 */
#include <elf.h>
#include <string.h>

#include "internal.h"

/*
 * A weak pointer that nobody defines has the address 0, and its members and elements
 * have small ones, where seldom anything is mapped.
 */
#define NOBODYS	((uintptr_t)1 << 20)

/* key_sound: is there a key of this DSO at @addr?  One names the DSO's descriptor. */
bool key_sound(const struct image *image, uintptr_t addr)
{
	const struct static_call_key *key = (const struct static_call_key *)addr;
	struct extent part;
	uintptr_t name;

	if (addr % STATIC_CALL_KEY_ALIGN || !image_holds(image, addr, sizeof(*key), PF_R) ||
	    self_relative(&key->dso) != (uintptr_t)image->inside)
		return false;
	name = self_relative(&key->name);
	part = image_find(image, name, 1, PF_R);
	return part.end && memchr((const void *)name, 0, part.end - name);
}

/* key_use: may its calls be patched?  Where not, they are right on their trampolines. */
enum key_use key_use(struct image *image, uintptr_t addr)
{
	const struct static_call_key *key = (const struct static_call_key *)addr;
	uintptr_t slot;

	if (!key_sound(image, addr))
		return KEY_DAMAGED;
	slot = (uintptr_t)key->slot;
	if (key->kind != STATIC_CALL_KEY_POINTER || key->flags & ~STATIC_CALL_KEY_FLAGS)
		return KEY_LEFT_ALONE;
	if (!image_holds(image, self_relative(&key->tramp), 1, PF_X) || slot % SLOT_ALIGN ||
	    key->size != sizeof(*key->slot))
		return KEY_DAMAGED;
	if (image_variable(image, slot, key->size))
		return KEY_USED;
	return slot < NOBODYS ? KEY_LEFT_ALONE : KEY_DAMAGED;
}

/*
 * key_escape: the pointers that a key of .static_call_escapes stands for: @range, empty
 * where nobody has defined them.  An array of unknown size may reach to the end of what
 * it lies in.
 */
bool key_escape(struct image *image, const struct static_call_key *key, struct area *range)
{
	uintptr_t slot = (uintptr_t)key->slot, end;
	size_t size = key->size > sizeof(*key->slot) ? key->size : sizeof(*key->slot);

	*range = (struct area){ slot, slot };
	end = image_variable(image, slot, sizeof(*key->slot));
	if (!end)
		return slot < NOBODYS;
	range->end = size < end - slot ? slot + size : end;
	return true;
}
