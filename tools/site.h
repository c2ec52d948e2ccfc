/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * site.h: what stands at a site of a file, where it leads, and how it could be
 * changed.
 */
#ifndef SITE_H
#define SITE_H

#include "table.h"

enum patching {
	PATCH_STORE,	   /* by a single store */
	PATCH_BREAKPOINTS, /* not without */
	PATCH_NEVER,	   /* not at all: it stays on its trampoline */
};

/*
 * struct site_code: @target is where the site leads, past what a linker has put
 * between; @obstacle, why it cannot be changed by a single store.
 */
struct site_code {
	struct code code;
	struct insn insn;
	uint64_t target;
	enum patching patching;
	char obstacle[80];
};

/* site_read: false with the reason if its bytes cannot be read. */
bool site_read(struct image *img, const struct site *site, struct site_code *sc,
	       struct fault *fault);

/*
 * site_start: the first byte of its instruction, as disassemblers and debuggers show it;
 * the address in its record is that of the opcode byte.
 */
uint64_t site_start(struct image *img, const struct site *site);

/* site_is_branch: it is a call or a jump. */
bool site_is_branch(const struct site_code *sc);

#endif /* SITE_H */
