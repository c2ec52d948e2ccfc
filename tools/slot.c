// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "dynrel.h"
#include "slot.h"
#include "symbols.h"

bool slot_read(struct image *img, uint64_t addr, struct slot *slot, struct fault *fault)
{
	const struct dynrel *rel = dynrel_at(img, addr);
	const struct symbol *undefined;
	const uint8_t *bytes;
	enum dynamic_reloc what;
	uint64_t value;

	bytes = image_bytes(img, addr, img->pointer, fault);
	if (!bytes)
		return false;
	slot->known = true;
	slot->defined = true;
	slot->addr = image_pointer(img, bytes);
	what = rel ? img->arch->dynamic(rel->type) : DYNAMIC_OTHER;
	if (rel && !rel->in_place)
		slot->addr = rel->addend;
	if (what == DYNAMIC_GLOB_DAT)
		slot->addr = 0;
	if (rel && what != DYNAMIC_RELATIVE) {
		if (what == DYNAMIC_OTHER ||
		    !symbol_dynamic(img, rel->symbol, &slot->symbol, &slot->defined,
				    &value))
			return fault_set(fault,
					 "the key's pointer has a dynamic relocation of "
					 "type %u, symbol %u",
					 rel->type, rel->symbol);
		slot->addr += slot->defined ? value : 0;
	}
	slot->addr = arch_address(img->arch, slot->addr);
	undefined = symbol_undefined(img, slot->addr);
	if (undefined) {
		slot->symbol = undefined->name;
		slot->defined = false;
		slot->addr -= undefined->addr;
	}
	return true;
}

bool slot_exported(struct image *img, const struct slot *slot)
{
	if (img->object)
		return false;
	return slot->symbol || symbol_exported(img, slot->addr);
}

int compare_slots(const struct slot *a, const struct slot *b)
{
	bool x = a->defined, y = b->defined;
	int c = 0;

	if (x != y)
		return x - y;
	if (!x && a->symbol && b->symbol)
		c = strcmp(a->symbol, b->symbol);
	if (c)
		return c;
	return (a->addr > b->addr) - (a->addr < b->addr);
}

char *slot_name(struct image *img, const struct slot *slot)
{
	struct section *sec = image_section(img, slot->addr);
	const char *base = slot->defined ? NULL : slot->symbol;
	uint64_t offset = slot->addr;

	if (!base && img->object && sec) {
		base = sec->name;
		offset -= sec->addr;
	}
	if (!slot->known)
		return xstrdup("?");
	if (!base)
		return xprintf("0x%llx", (unsigned long long)offset);
	if (offset)
		return xprintf("%s+0x%llx", base, (unsigned long long)offset);
	return xstrdup(base);
}
