/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * layout.h: addresses for the sections of object files, and for their symbols.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "headers.h"

/* Every undefined symbol takes this much. */
#define UNDEFINED_SIZE 64

/* layout_make: give the sections their addresses. */
bool layout_make(struct image *img, struct fault *fault);

/*
 * layout_symbol: entry @index of .symtab, and its address in the layout; false
 * where it has none.
 */
bool layout_symbol(struct image *img, Elf_Data *symbols, size_t index, GElf_Sym *sym,
		   uint64_t *addr);

#endif /* LAYOUT_H */
