/* SPDX-License-Identifier: MIT */
/*
 * memory.c: memory straight from the kernel.
 *
 * A signal handler that makes an update may have interrupted malloc().
 */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "internal.h"

/* map_memory: zeroed, and costing nothing until touched; NULL if there is none. */
void *map_memory(size_t size)
{
	void *mem = mmap(NULL, size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return mem == MAP_FAILED ? NULL : mem;
}

/* map_grow: @mem with more room, perhaps elsewhere; NULL if there is none, and @mem stays. */
void *map_grow(void *mem, size_t old_size, size_t new_size)
{
	void *grown = mremap(mem, old_size, new_size, MREMAP_MAYMOVE);

	return grown == MAP_FAILED ? NULL : grown;
}

void unmap_memory(void *mem, size_t size)
{
	if (mem)
		munmap(mem, size);
}
