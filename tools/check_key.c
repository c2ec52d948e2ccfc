// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include <staticcall/abi.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "symbols.h"

/* What is aligned to less cannot be marked. */
#define SLOT_ALIGN 4

/* A weak pointer that nobody defines is at 0, and its members and elements near it. */
#define NOBODYS (UINT64_C(1) << 20)

static bool is_nobodys(struct image *img, const struct slot *slot)
{
	return !img->object && slot->addr < NOBODYS && !image_section(img, slot->addr);
}

static void check_slot(struct check *c, const struct key *key, struct offender who)
{
	struct image *img = c->table.img;
	struct section *sec = image_section(img, key->slot.addr);

	if (!key->slot.defined || is_nobodys(img, &key->slot))
		return;
	if (!sec || is_executable(sec) || !(sec->hdr.sh_flags & SHF_WRITE))
		complain(c, who,
			 "its pointer would be at 0x%" PRIx64
			 ", in section '%s', expected data%s",
			 key->slot.addr, sec ? sec->name : "(none)",
			 sec && !is_executable(sec) ? " that can change" : "");
	else if (sec->hdr.sh_size - (key->slot.addr - sec->addr) < img->pointer)
		complain(c, who,
			 "its pointer at 0x%" PRIx64 " goes past the end of section '%s'",
			 key->slot.addr, sec->name);
	else if (key->slot.addr % SLOT_ALIGN)
		complain(c, who,
			 "its pointer at 0x%" PRIx64 " is not aligned to %d bytes",
			 key->slot.addr, SLOT_ALIGN);
}

/* Where the trampoline reads its target from; false if that cannot be told. */
static bool read_cell(struct image *img, const struct jump *jump, struct slot *cell)
{
	struct value value = jump->target;
	struct fault ignored;

	/* What an object file leaves to the linker cannot be followed. */
	if (img->object || value.offset)
		return false;
	*cell = (struct slot){ .known = true, .defined = true };
	cell->addr = value.place;
	if (value.kind == VALUE_INDIRECT && !slot_read(img, value.place, cell, &ignored))
		return false;
	cell->addr = arch_address(img->arch, cell->addr + value.inner);
	return value.kind == VALUE_LOADED || value.kind == VALUE_INDIRECT;
}

/*
 * Address 0 may be out of the code's reach.  It then reads what is not: ELF for the Arm
 * 64-bit Architecture, "Weak references", has the place itself.  But it is no variable.
 */
static bool leads_nowhere(struct image *img, const struct jump *jump, const struct slot *cell)
{
	struct section *sec = image_section(img, cell->addr);

	return jump->target.kind == VALUE_LOADED && !(sec && sec->hdr.sh_flags & SHF_WRITE);
}

/* It must read the key's own pointer, or a cell that holds its address. */
static void check_cell(struct check *c, const struct key *key, struct offender who,
		       const struct jump *jump)
{
	struct image *img = c->table.img;
	char *met, *expected;
	struct slot cell;

	if (!read_cell(img, jump, &cell) || cell.defined != key->slot.defined ||
	    !compare_slots(&cell, &key->slot))
		return;
	if (is_nobodys(img, &key->slot) && leads_nowhere(img, jump, &cell))
		return;
	met = slot_name(img, &cell);
	expected = slot_name(img, &key->slot);
	complain(c, who,
		 "its trampoline reads the pointer at %.128s, expected its own at %.128s",
		 met, expected);
	free(met);
	free(expected);
}

/* Calls by a key either fault where the pointer is NULL, or do nothing. */
static void check_test(struct check *c, const struct key *key, struct offender who,
		       const struct jump *jump)
{
	bool cond = key->flags & STATIC_CALL_KEY_COND;

	if (cond && !jump->tested)
		complain(c, who,
			 "its trampoline does not return where the pointer is NULL, "
			 "as is expected of a key with the flag COND");
	if (!cond && jump->tested)
		complain(c, who,
			 "its trampoline returns where the pointer is NULL, expected "
			 "the jump alone, which faults as C does");
}

static void check_trampoline(struct check *c, const struct key *key, struct offender who)
{
	struct image *img = c->table.img;
	struct section *sec = image_section(img, key->tramp);
	struct jump jump;
	struct code code;
	struct fault ignored;

	if (!is_executable(sec)) {
		complain(c, who,
			 "its trampoline would be at 0x%" PRIx64
			 ", in section '%s', expected an executable section",
			 key->tramp, sec ? sec->name : "(none)");
		return;
	}
	/* One whose form is not known may be right. */
	if (!image_code(img, key->tramp | key->tramp_mode, 0, ARCH_JUMP_MAX, &code,
			&ignored) ||
	    !img->arch->jump(&code, &jump))
		return;
	check_cell(c, key, who, &jump);
	check_test(c, key, who, &jump);
}

static void check_dso(struct check *c, const struct key *key, struct offender who)
{
	struct image *img = c->table.img;
	const struct symbol *symbol = symbol_undefined(img, key->dso);
	struct section *sec = image_section(img, key->dso);

	if (img->object) {
		if (!symbol)
			symbol = symbol_prefixed(img, key->dso, STATIC_CALL_DSO_SYMBOL);
		if (!symbol || strcmp(symbol->name, STATIC_CALL_DSO_SYMBOL))
			complain(c, who,
				 "refers to '%s' as its descriptor, "
				 "expected " STATIC_CALL_DSO_SYMBOL,
				 symbol ? symbol->name : "(nothing)");
		return;
	}
	if (!sec || is_executable(sec) || key->dso % img->pointer)
		complain(c, who,
			 "its descriptor would be at 0x%" PRIx64
			 ", in section '%s', expected aligned data",
			 key->dso, sec ? sec->name : "(none)");
	else if (key->dso != c->first->dso)
		complain(c, who,
			 "its descriptor is at 0x%" PRIx64
			 ", that of the first key at 0x%" PRIx64 ": expected one a file",
			 key->dso, c->table.key[0].dso);
}

static void check_key(struct check *c, const struct key *key)
{
	struct section *sec = image_section(c->table.img, key->addr);
	struct offender who = { .key = key };

	if (key->addr % STATIC_CALL_KEY_ALIGN)
		complain(c, who, "is not aligned to %d bytes", STATIC_CALL_KEY_ALIGN);
	if (is_executable(sec))
		complain(c, who, "lies in section '%s', expected data", sec->name);
	if (key->fault)
		complain(c, who, "%s (%zu sites refer to it)", key->fault, key->nsites);
	if (!key->readable)
		return;
	if (!key_known(key)) {
		warn(c, who,
		     "has kind %" PRIu32 " and flags 0x%" PRIx32
		     ", which this version does not know",
		     key->kind, key->flags);
		return;
	}
	if (key->kind != STATIC_CALL_KEY_POINTER)
		complain(c, who,
			 "is of kind %" PRIu32 ", for escapes alone, but has a site",
			 key->kind);
	if (key->size != c->table.img->pointer)
		complain(c, who, "stands for %" PRIu32 " bytes, expected a pointer's %u",
			 key->size, c->table.img->pointer);
	if (key->member)
		complain(c, who,
			 "is of a member, %" PRId32
			 " bytes behind its pointer, expected 0",
			 key->member);
	check_slot(c, key, who);
	check_trampoline(c, key, who);
	check_dso(c, key, who);
}

void check_keys(struct check *c)
{
	for (size_t i = 0; i < c->table.nkey; i++)
		check_key(c, &c->table.key[i]);
}

void check_escapes(struct check *c)
{
	char text[BUF_SIZE];
	struct offender who = { .text = text };

	for (size_t i = 0; i < c->table.nescape; i++) {
		const struct escape *esc = &c->table.escape[i];

		snprintf(text, sizeof(text), "escape record at 0x%" PRIx64, esc->record);
		if (!esc->readable)
			complain(c, who, "its value cannot be read");
		else if (esc->key.fault)
			complain(c, who, "its key at 0x%" PRIx64 ": %s", esc->key_addr,
				 esc->key.fault);
		else if (!esc->key.size)
			complain(c, who, "its key at 0x%" PRIx64 " stands for 0 bytes",
				 esc->key_addr);
		else if (key_known(&esc->key)) {
			check_slot(c, &esc->key, who);
			check_dso(c, &esc->key, who);
		}
	}
}
