/* SPDX-License-Identifier: MIT */
/*
 * image.c: what is mapped of a DSO, and of others, by their program headers.
 *
 * What a record says is followed only to where it must lie.  A file may be damaged
 * on its way to us, and a wild pointer would be read, or written, in the middle of
 * somebody's start.
 */
#define _GNU_SOURCE
#include <link.h>

#include "internal.h"

static bool extent_holds(const struct extent *extent, uintptr_t addr, size_t size, unsigned int flags)
{
	return addr >= extent->start && addr < extent->end && size <= extent->end - addr &&
	       (extent->flags & flags) == flags;
}

static struct extent extent_of(uintptr_t load, const ElfW(Phdr) *ph)
{
	uintptr_t start = load + ph->p_vaddr;

	return (struct extent){ start, start + ph->p_memsz, ph->p_flags };
}

struct wanted {
	uintptr_t addr;
	struct extent extent;
};

static int visit_extents(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct wanted *wanted = arg;
	unsigned int i;

	(void)size;
	for (i = 0; i < info->dlpi_phnum; i++) {
		wanted->extent = extent_of(info->dlpi_addr, &info->dlpi_phdr[i]);
		if (info->dlpi_phdr[i].p_type == PT_LOAD &&
		    extent_holds(&wanted->extent, wanted->addr, 1, 0))
			return 1;
	}
	return 0;
}

/* image_of: what a callback of dl_iterate_phdr() is told of. */
void image_of(struct image *image, const struct dl_phdr_info *info)
{
	struct extent dynamic;
	unsigned int i;

	*image = (struct image){
		.load = info->dlpi_addr, .headers = info->dlpi_phdr, .nheaders = info->dlpi_phnum,
	};
	for (i = 0; i < image->nheaders; i++) {
		dynamic = extent_of(image->load, &image->headers[i]);
		if (image->headers[i].p_type == PT_DYNAMIC)
			image->dynamic = (const void *)dynamic.start;
	}
}

static int visit_own(struct dl_phdr_info *info, size_t size, void *arg)
{
	const void *inside = ((struct image *)arg)->inside;
	struct image *image = arg;

	(void)size;
	image_of(image, info);
	image->inside = inside;
	return image_holds(image, (uintptr_t)inside, 1, 0);
}

/* image_read: of the DSO that @inside lies in; false if there is none. */
bool image_read(struct image *image, const void *inside)
{
	*image = (struct image){ .inside = inside };
	return dl_iterate_phdr(visit_own, image);
}

/*
 * image_find: the part of the DSO that these bytes lie in, if it has all of @flags (PF_R ...);
 * else one that is empty.
 */
struct extent image_find(const struct image *image, uintptr_t addr, size_t size, unsigned int flags)
{
	struct extent extent;
	unsigned int i;

	for (i = 0; i < image->nheaders; i++) {
		extent = extent_of(image->load, &image->headers[i]);
		if (image->headers[i].p_type == PT_LOAD && extent_holds(&extent, addr, size, flags))
			return extent;
	}
	return (struct extent){ 0 };
}

bool image_holds(const struct image *image, uintptr_t addr, size_t size, unsigned int flags)
{
	return image_find(image, addr, size, flags).end;
}

/*
 * image_variable: the end of the writable part, of any DSO, that these bytes lie in,
 * or 0.  Of the others it remembers some, as keys of one unit lie together.
 */
uintptr_t image_variable(struct image *image, uintptr_t addr, size_t size)
{
	struct extent own = image_find(image, addr, size, PF_R | PF_W);
	struct wanted wanted = { .addr = addr };
	unsigned int i;

	if (own.end)
		return own.end;
	for (i = 0; i < OTHERS_MAX; i++)
		if (extent_holds(&image->others[i], addr, size, PF_R | PF_W))
			return image->others[i].end;
	if (!dl_iterate_phdr(visit_extents, &wanted) ||
	    !extent_holds(&wanted.extent, addr, size, PF_R | PF_W))
		return 0;
	image->others[image->nothers++ % OTHERS_MAX] = wanted.extent;
	return wanted.extent.end;
}
