/* SPDX-License-Identifier: MIT */
/*
 * layout.c: where a DSO lies, and which parts of it are executable.
 */
#define _GNU_SOURCE
#include <link.h>
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

static int visit_object(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct dso *dso = arg;

	(void)size;
	if (!object_contains(info, (uintptr_t)dso->desc))
		return 0;

	/* Not just the first one: in a namespace of dlmopen() that is a library. */
	dso->program = object_contains(info, auxiliary(AT_ENTRY));
	dso->name = info->dlpi_name && *info->dlpi_name ? info->dlpi_name :
							  __progname_full;
	dso->headers = info->dlpi_phdr;
	dso->nheaders = info->dlpi_phnum;
	dso->load = info->dlpi_addr;
	return 1;
}

/*
 * dso_find: the object of @dso->desc; false if there is none.
 *
 * Not under the lock: the dynamic linker's own is taken, and a callback of
 * somebody's dl_iterate_phdr(), who holds that one, may make an update.
 */
bool dso_find(struct dso *dso)
{
	/* What its sites are not far from, wherever the other segments lie. */
	dso->base = (uintptr_t)dso->desc;
	return dl_iterate_phdr(visit_object, dso);
}

/* dso_size: of a struct dso with room for its segments. */
size_t dso_size(const struct dso *dso)
{
	return sizeof(*dso) + dso->nheaders * sizeof(*dso->segments);
}

static void add_segments(struct dso *dso, bool wanted)
{
	const ElfW(Phdr) *ph, *end = dso->headers + dso->nheaders;
	uintptr_t start;

	for (ph = dso->headers; ph < end; ph++) {
		if (ph->p_type != PT_LOAD || patchable(ph) != wanted)
			continue;
		start = dso->load + ph->p_vaddr;
		dso->segments[dso->nsegments++] = (struct segment){
			.start = start, .end = start + ph->p_memsz, .prot = segment_prot(ph),
		};
	}
}

/* dso_layout: note the segments of @dso, of this size: a handler may ask when it has gone. */
void dso_layout(struct dso *dso)
{
	add_segments(dso, true);
	dso->npatchable = dso->nsegments;
	add_segments(dso, false);
}

/* dso_segment: the one that these bytes lie in, and may be patched in; or NULL. */
const struct segment *dso_segment(const struct dso *dso, uintptr_t addr, size_t size)
{
	unsigned int i;

	for (i = 0; i < dso->npatchable; i++)
		if (addr >= dso->segments[i].start && addr <= dso->segments[i].end
		    && size <= dso->segments[i].end - addr)
			return &dso->segments[i];
	return NULL;
}

bool dso_executable(const struct dso *dso, uintptr_t addr, size_t size)
{
	return dso_segment(dso, addr, size);
}

/* dso_contains: is this a part of its image?  Not what lies between two of its segments. */
bool dso_contains(const struct dso *dso, const void *addr)
{
	const struct segment *seg = dso->segments, *end = seg + dso->nsegments;

	for (; seg < end; seg++)
		if ((uintptr_t)addr >= seg->start && (uintptr_t)addr < seg->end)
			return true;
	return false;
}
