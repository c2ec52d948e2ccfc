/* SPDX-License-Identifier: MIT */
/*
 * notes.c: notes of ours in what is loaded, which need no symbols and no relocations to be
 * found, and no linker script to be there.
 */
#define _GNU_SOURCE
#include <link.h>
#include <string.h>

#include "internal.h"

struct note {
	uint32_t name_size, size, type;
	char name[];
};

/* Notes are aligned to 4, and so are their parts; gABI, chapter 5. */
static size_t padded(uint32_t size)
{
	return ((size_t)size + 3) & ~(size_t)3;
}

static const struct note *next_note(const struct note *note, uintptr_t end)
{
	size_t left = end - (uintptr_t)note;

	if (left < sizeof(*note) || padded(note->name_size) > left - sizeof(*note) ||
	    padded(note->size) > left - sizeof(*note) - padded(note->name_size))
		return NULL;
	return (const void *)(note->name + padded(note->name_size) + padded(note->size));
}

/* notes_each: call @visit for what each note of this type in an object says. */
void notes_each(const struct dl_phdr_info *info, uint32_t type,
		void (*visit)(const void *text, size_t size, void *arg), void *arg)
{
	const size_t named = sizeof(STATIC_CALL_NOTE);
	const struct note *note, *next;
	const ElfW(Phdr) *ph;
	uintptr_t end;
	unsigned int i;

	for (i = 0; i < info->dlpi_phnum; i++) {
		ph = &info->dlpi_phdr[i];
		if (ph->p_type != PT_NOTE)
			continue;
		note = (const struct note *)(info->dlpi_addr + ph->p_vaddr);
		end = (uintptr_t)note + ph->p_memsz;
		for (; (next = next_note(note, end)); note = next)
			if (note->type == type && note->name_size == named &&
			    !memcmp(note->name, STATIC_CALL_NOTE, named))
				visit(note->name + padded(note->name_size), note->size, arg);
	}
}
