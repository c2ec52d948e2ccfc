/* SPDX-License-Identifier: GPL-2.0-or-later */
/* far.h: a function out of every site's reach. */
#ifndef FAR_H
#define FAR_H

#include <sys/mman.h>
#include <unistd.h>

#include "check.h"

/* A copy of @function, which is short and refers to nothing. */
static inline void *far_copy(void *function)
{
	uintptr_t code = (uintptr_t)code_of(function), page = (uintptr_t)sysconf(_SC_PAGESIZE);
	char *copy = mmap((void *)((code ^ (uintptr_t)FAR) & ~(page - 1)), page,
			  PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	CHECK(copy != MAP_FAILED);
	memcpy(copy, (const void *)code, 64);
	CHECK_IS(mprotect(copy, page, PROT_READ | PROT_EXEC), 0);
	FLUSH_CODE(copy, copy + 64);
	/* With what else a function's address says. */
	return copy + ((uintptr_t)function - code);
}

#endif
