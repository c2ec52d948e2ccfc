// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include <staticcall/abi.h>
#include <string.h>

#include "check.h"
#include "dynrel.h"

static void check_section(struct check *c, struct section *sec, size_t entry)
{
	struct image *img = c->table.img;
	char text[BUF_SIZE];
	struct offender who = { .text = text };
	uint64_t place;

	snprintf(text, sizeof(text), "section %zu '%s'", sec->index, sec->name);
	if (sec->hdr.sh_size % entry)
		complain(c, who, "has 0x%" PRIx64 " bytes, expected a multiple of %zu",
			 (uint64_t)sec->hdr.sh_size, entry);
	if (!img->object && sec->hdr.sh_flags & SHF_WRITE)
		complain(c, who, "is writable, expected read-only");
	if (!img->object &&
	    dynrel_within(img, sec->addr, sec->addr + sec->hdr.sh_size, &place))
		complain(c, who,
			 "has a dynamic relocation at 0x%" PRIx64 ", expected none",
			 place);
}

/* A program looks at one table alone: what a linker script has put together. */
static void check_table(struct check *c, const char *name, size_t entry)
{
	struct image *img = c->table.img;
	size_t seen = 0;

	for (size_t i = 1; i < img->nsection; i++) {
		struct section *sec = &img->section[i];

		if (strcmp(sec->name, name))
			continue;
		if (img->object || !seen)
			check_section(c, sec, entry);
		seen++;
	}
	if (!img->object && seen > 1)
		complain(c, (struct offender){ .text = name },
			 "met %zu sections of this name, expected one", seen);
}

/* Do two fields of the descriptor, from @at on, say where the table is? */
static void check_bounds(struct check *c, struct offender who, uint64_t at,
			 const char *name)
{
	struct image *img = c->table.img;
	struct section *sec = image_named(img, name);
	struct slot start = { 0 }, end = { 0 };
	struct fault fault;

	if (!sec)
		return;
	if (!slot_read(img, at, &start, &fault) ||
	    !slot_read(img, at + img->pointer, &end, &fault)) {
		complain(c, who, "%s", fault.text);
		return;
	}
	if (start.addr == sec->addr && end.addr == sec->addr + sec->hdr.sh_size)
		return;
	complain(c, who,
		 "says that %s is at 0x%" PRIx64 " to 0x%" PRIx64 ", expected 0x%" PRIx64
		 " to 0x%" PRIx64 " (link with -lstaticcall)",
		 name, start.addr, end.addr, sec->addr,
		 (uint64_t)(sec->addr + sec->hdr.sh_size));
}

/*
 * The runtime knows what the descriptor says and nothing else: a wrong one
 * means calls that are never patched.
 */
void check_descriptor(struct check *c)
{
	struct image *img = c->table.img;
	struct offender who = { .text = "descriptor " STATIC_CALL_DSO_SYMBOL };
	uint64_t at, head = offsetof(struct static_call_dso, sites);
	uint32_t size = head + (sizeof(struct static_call_dso) - head) / sizeof(void *) *
				       img->pointer;
	const uint8_t *bytes;
	struct fault fault;

	if (img->object || !c->first)
		return;
	at = c->first->dso;
	bytes = image_bytes(img, at, head, &fault);
	if (!bytes) {
		complain(c, who, "%s", fault.text);
		return;
	}
	/* Another version was told of before; here it is damage. */
	if (image_u32(img, bytes) != STATIC_CALL_ABI ||
	    image_u32(img, bytes + 4) != size) {
		complain(c, who,
			 "has ABI version %" PRIu32 " and 0x%" PRIx32
			 " bytes, expected %d and 0x%" PRIx32,
			 image_u32(img, bytes), image_u32(img, bytes + 4),
			 STATIC_CALL_ABI, size);
		return;
	}
	check_bounds(c, who, at + head, STATIC_CALL_SITES_SECTION);
	check_bounds(c, who, at + head + 2 * img->pointer, STATIC_CALL_ESCAPES_SECTION);
}

void check_tables(struct check *c)
{
	check_table(c, STATIC_CALL_SITES_SECTION, sizeof(struct static_call_site));
	check_table(c, STATIC_CALL_ESCAPES_SECTION, sizeof(int32_t));
	if (c->table.nsite && dynrel_text(c->table.img))
		complain(c, (struct offender){ .text = "dynamic section" },
			 "has a TEXTREL entry: the dynamic linker would relocate code, "
			 "expected none");
}
