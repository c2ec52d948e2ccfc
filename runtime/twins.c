/* SPDX-License-Identifier: MIT */
/*
 * twins.c: other copies of this library among the objects that see each other.
 *
 * One that is linked into an executable or a library, besides the shared one, has a
 * registry of its own: neither hears of the stores that the other is told of.  So
 * neither may patch anything.  Each copy has a note by which others find it.
 *
 * (Objects that dlmopen() has loaded see one another only, and their pointers are theirs.)
 */
#define _GNU_SOURCE
#include <link.h>
#include <string.h>

#include "internal.h"

#define NAME	"staticcall"

static void give_up(void) __attribute__((used));

/* The address of give_up(), from here; its type says what it takes and returns. */
__asm__(".pushsection .note.staticcall, \"a\", %note\n"
	".balign 4\n"
	"	.long 2f - 1f, 4f - 3f, 1\n"
	"1:	.asciz \"" NAME "\"\n"
	"2:	.balign 4\n"
	"3:	.long give_up - .\n"
	"4:	.popsection\n");

/* Another copy has come. */
static void give_up(void)
{
	distrust();
}

struct note {
	uint32_t name_size, size, type;
	char name[(sizeof(NAME) + 3) & ~3u];
	int32_t give_up;
};

/* struct twins: @theirs, @ours: in which objects they are. */
struct twins {
	const char *theirs, *ours;
};

/* Notes are aligned to 4, and so are their parts; gABI, chapter 5. */
static size_t padded(uint32_t size)
{
	return ((size_t)size + 3) & ~(size_t)3;
}

static const struct note *next_note(const struct note *note, uintptr_t end)
{
	const size_t head = offsetof(struct note, name);
	size_t left = end - (uintptr_t)note;

	if (left < head || padded(note->name_size) > left - head ||
	    padded(note->size) > left - head - padded(note->name_size))
		return NULL;
	return (const void *)((const char *)note + head + padded(note->name_size) +
			      padded(note->size));
}

static void visit_note(const struct note *note, const char *object, struct twins *twins)
{
	void (*theirs)(void) = (void (*)(void))self_relative(&note->give_up);

	if (theirs == give_up) {
		twins->ours = object;
	} else {
		theirs();
		twins->theirs = object;
	}
}

static int visit_object(struct dl_phdr_info *info, size_t size, void *twins)
{
	const char *name = info->dlpi_name && *info->dlpi_name ? info->dlpi_name :
								  program_invocation_name;
	const struct note *note, *next;
	const ElfW(Phdr) *ph;
	uintptr_t end;
	unsigned int i;

	(void)size;
	for (i = 0; i < info->dlpi_phnum; i++) {
		ph = &info->dlpi_phdr[i];
		if (ph->p_type != PT_NOTE)
			continue;
		note = (const struct note *)(info->dlpi_addr + ph->p_vaddr);
		end = (uintptr_t)note + ph->p_memsz;
		for (; (next = next_note(note, end)); note = next)
			if (note->name_size == sizeof(NAME) && note->size == sizeof(int32_t) &&
			    note->type == 1 && !memcmp(note->name, NAME, sizeof(NAME)))
				visit_note(note, name, twins);
	}
	return 0;
}

/*
 * What everybody else finds by that name.  Not by way of the GOT: linkers for riscv64 and
 * s390x export the functions of an executable that are reached so, as if it had -rdynamic.
 */
static __typeof__(&__static_call_register) const volatile registers = __static_call_register;

/* Nobody calls us where another copy's functions come first in everybody's scope. */
static bool hidden_by_another(void)
{
	return registers != register_here;
}

/* twins_find: have other copies give up, and us; before anybody registers. */
void twins_find(void)
{
	struct twins twins = { NULL, "?" };

	if (hidden_by_another())
		return;
	dl_iterate_phdr(visit_object, &twins);
	if (!twins.theirs)
		return;
	say("%s and %s each have a copy of libstaticcall, and neither hears of all stores: the "
	    "calls of all go through their trampolines (link the shared library with both)",
	    twins.ours, twins.theirs);
	give_up();
}
