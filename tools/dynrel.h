/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dynrel.h: what the dynamic linker will write into a file.
 */
#ifndef DYNREL_H
#define DYNREL_H

#include "image.h"

/* dynrel_at: the relocation of exactly this address, or NULL. */
const struct dynrel *dynrel_at(struct image *img, uint64_t addr);

/* dynrel_within: is there one in the range?  @place is its address. */
bool dynrel_within(struct image *img, uint64_t start, uint64_t end, uint64_t *place);

/* dynrel_text: the file asks for relocations of its text. */
bool dynrel_text(struct image *img);

#endif /* DYNREL_H */
