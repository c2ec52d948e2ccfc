/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reloc.h: relocations, of object files and of the dynamic linker.
 */
#ifndef RELOC_H
#define RELOC_H

#include "image.h"

/* reloc_layout: give the sections of an object file their addresses. */
bool reloc_layout(struct image *img, struct fault *fault);

/* reloc_apply: apply what relocates @sec to sec->copy. */
bool reloc_apply(struct image *img, struct section *sec, struct fault *fault);

/* reloc_dynamic: the dynamic relocation of exactly this address, or NULL. */
const struct dynrel *reloc_dynamic(struct image *img, uint64_t addr);

/*
 * reloc_dynamic_within: the first dynamic relocation of the range.  @place is
 * its address.
 */
bool reloc_dynamic_within(struct image *img, uint64_t start, uint64_t end,
			  uint64_t *place);

/* reloc_text: the file asks the dynamic linker to relocate its text. */
bool reloc_text(struct image *img);

#endif /* RELOC_H */
