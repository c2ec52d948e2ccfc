/* SPDX-License-Identifier: MIT */
/*
 * layout.c: where a DSO lies, and which parts of it are executable.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <link.h>
#include <sys/auxv.h>
#include <sys/mman.h>

#include "internal.h"

static int segment_prot(const ElfW(Phdr) *ph)
{
	return (ph->p_flags & PF_R ? PROT_READ : 0) | (ph->p_flags & PF_W ? PROT_WRITE : 0) |
	       (ph->p_flags & PF_X ? PROT_EXEC : 0);
}

/* Code that cannot be read cannot be proven to be a site. */
static bool patchable(const ElfW(Phdr) *ph)
{
	return ph->p_flags & PF_X && ph->p_flags & PF_R;
}

static bool object_contains(const struct dl_phdr_info *info, uintptr_t addr)
{
	const ElfW(Phdr) *ph;
	unsigned int i;

	for (i = 0; i < info->dlpi_phnum; i++) {
		ph = &info->dlpi_phdr[i];
		if (ph->p_type == PT_LOAD && addr - info->dlpi_addr - ph->p_vaddr < ph->p_memsz)
			return true;
	}
	return false;
}

/*
 * A segment may lie far from the others, and libraries in between.  What the table has no room
 * for is taken to be of the last one: as a rule they ascend.
 */
static void area_add(struct dso *dso, uintptr_t start, uintptr_t end)
{
	struct area *last = &dso->areas[AREAS_MAX - 1];

	if (dso->nareas < AREAS_MAX) {
		dso->areas[dso->nareas++] = (struct area){ start, end };
		return;
	}
	if (last->start > start)
		last->start = start;
	if (last->end < end)
		last->end = end;
}

static int visit_object(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct dso *dso = arg;
	const ElfW(Phdr) *ph;
	uintptr_t start, end;
	unsigned int i;

	(void)size;
	if (!object_contains(info, (uintptr_t)dso->desc))
		return 0;

	/* Not just the first one: in a namespace of dlmopen() that is a library. */
	dso->program = object_contains(info, getauxval(AT_ENTRY));
	dso->name = info->dlpi_name && *info->dlpi_name ? info->dlpi_name :
							  program_invocation_name;
	for (i = 0; i < info->dlpi_phnum; i++) {
		ph = &info->dlpi_phdr[i];
		if (ph->p_type != PT_LOAD)
			continue;
		start = info->dlpi_addr + ph->p_vaddr;
		end = start + ph->p_memsz;
		area_add(dso, start, end);
		if (patchable(ph) && dso->nsegments < SEGMENTS_MAX)
			dso->segments[dso->nsegments++] = (struct segment){
				.start = start, .end = end, .prot = segment_prot(ph),
			};
	}
	return 1;
}

/*
 * dso_layout: find the object of @dso->desc; false if there is none.
 *
 * Not under the lock: the dynamic linker's own is taken, and a callback of
 * somebody's dl_iterate_phdr(), who holds that one, may make an update.
 */
bool dso_layout(struct dso *dso)
{
	/* What its sites are not far from, wherever the other segments lie. */
	dso->base = (uintptr_t)dso->desc;
	return dl_iterate_phdr(visit_object, dso);
}

bool dso_executable(const struct dso *dso, uintptr_t addr, size_t size)
{
	unsigned int i;

	for (i = 0; i < dso->nsegments; i++)
		if (addr >= dso->segments[i].start && addr + size <= dso->segments[i].end)
			return true;
	return false;
}

/* dso_contains: is this a part of its image?  Not what lies between two of its segments. */
bool dso_contains(const struct dso *dso, const void *addr)
{
	const struct area *area = dso->areas, *end = area + dso->nareas;

	for (; area < end; area++)
		if ((uintptr_t)addr >= area->start && (uintptr_t)addr < area->end)
			return true;
	return false;
}
