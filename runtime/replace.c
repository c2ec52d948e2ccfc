/* SPDX-License-Identifier: MIT */
/*
 * replace.c: put a private copy of pages in the place of these pages.
 *
 * mremap(2) takes away what is mapped there and puts the copy there in one step: a
 * thread that executes there finds the old page or the new one.  The kernel holds
 * the lock of the address space meanwhile, and whoever faults waits for it.
 */
#define _GNU_SOURCE
#include <string.h>
#include <sys/mman.h>

#include "internal.h"

#ifndef MREMAP_DONTUNMAP
# define MREMAP_DONTUNMAP	4
#endif

/* pages_new: writable memory for a copy of so many bytes; NULL if there is none. */
void *pages_new(size_t size)
{
	return map_pages(size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_POPULATE);
}

static int unable(const char *what, int err, const char *needs)
{
	return because(REASON_REPLACE, what, -err, needs);
}

static int put(void *pages, uintptr_t at, size_t size, int flags)
{
	long to = sys(SYS_mremap, pages, size, size, flags, at);

	if ((uintptr_t)to == at)
		return 0;
	return unable("mremap() of a copy to the place of the text", (int)to,
		      "memory, text that is not sealed, and no filter against it");
}

/*
 * Where what was writable must not become executable, PR_SET_MDWE: memory that never was.
 * @refused: what mprotect() has said.  What kept the copy from being written is noted there.
 */
static int put_never_writable(const void *pages, uintptr_t at, size_t size, int prot, int refused)
{
	void *code = map_pages(size, prot, MAP_PRIVATE);
	int err;

	if (!code)
		return unable("executable memory for a copy of the text", -ENOMEM,
			      "memory, and a right to map it executable");
	err = mem_copy(code, pages, size);
	if (err)
		unable("mprotect() to make a copy of the text executable", refused,
		       "a right to make executable what was writable (no PR_SET_MDWE), or else a "
		       "copy written through /proc/thread-self/mem");
	else
		err = put(code, at, size, MREMAP_MAYMOVE | MREMAP_FIXED);
	if (err)
		unmap_memory(code, size);
	return err;
}

/*
 * pages_put: have a copy of @pages stand at @at, with @prot.  They may be empty after
 * that, and are writable; 0 or -errno, which is noted, and nothing has changed.
 */
int pages_put(void *pages, uintptr_t at, size_t size, int prot)
{
	int err = (int)sys(SYS_mprotect, pages, size, prot);

	if (err)
		return put_never_writable(pages, at, size, prot, err);
	err = put(pages, at, size, MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP);
	if (!err)
		sys(SYS_mprotect, pages, size, PROT_READ | PROT_WRITE);
	return err;
}

/* replace_pages: [@lo, @hi), which have @prot; 0, or -errno, noted, and nothing has changed. */
int replace_pages(uintptr_t lo, uintptr_t hi, int prot)
{
	size_t size = hi - lo;
	void *pages;
	int err;

	if (!(prot & PROT_READ))
		return unable("a copy of text that may not be read", -EACCES,
			      "a protection that lets it be read");
	pages = pages_new(size);
	if (!pages)
		return unable("a copy of the text", -ENOMEM, "memory");
	memcpy(pages, (const void *)lo, size);
	err = pages_put(pages, lo, size, prot);
	unmap_memory(pages, size);
	debug("the text from %p to %p is replaced by a copy of its own: %d", (void *)lo,
	      (void *)hi, err);
	return err;
}
