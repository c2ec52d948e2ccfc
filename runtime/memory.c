/* SPDX-License-Identifier: MIT */
/*
 * memory.c: memory straight from the kernel.
 *
 * A signal handler that makes an update may have interrupted malloc().
 */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "internal.h"

/* Where there is a second one, with an offset in pages, the first is called otherwise. */
#ifdef SYS_mmap2
# define MMAP	SYS_mmap2
#else
# define MMAP	SYS_mmap
#endif

static void *pointer(long result)
{
	return (unsigned long)result > -4096ul ? NULL : (void *)result;
}

/* map_pages: that belong to no file; NULL if there are none. */
void *map_pages(size_t size, int prot, int flags)
{
	return pointer(sys(MMAP, NULL, size, prot, flags | MAP_ANONYMOUS, -1, 0));
}

/* map_memory: zeroed, and costing nothing until touched; NULL if there is none. */
void *map_memory(size_t size)
{
	return map_pages(size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE);
}

/* map_grow: @mem with more room, perhaps elsewhere; NULL if there is none, and @mem stays. */
void *map_grow(void *mem, size_t old_size, size_t new_size)
{
	return pointer(sys(SYS_mremap, mem, old_size, new_size, MREMAP_MAYMOVE));
}

void unmap_memory(void *mem, size_t size)
{
	if (mem)
		sys(SYS_munmap, mem, size);
}
