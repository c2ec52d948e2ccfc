/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * symbols.h: names of addresses, from .symtab or .dynsym.
 */
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include "image.h"

/* symbols_complete: the file has a .symtab, not the .dynsym alone. */
bool symbols_complete(struct image *img);

/*
 * symbol_function: the function that contains @addr, or NULL.
 */
const struct symbol *symbol_function(struct image *img, uint64_t addr);

/*
 * symbol_prefixed: the symbol at exactly @addr whose name begins with @prefix,
 * or NULL.
 */
const struct symbol *symbol_prefixed(struct image *img, uint64_t addr,
				     const char *prefix);

/*
 * symbol_find: some symbol whose name is @start and then @rest; NULL stands for whatever
 * may follow.  It looks at all of them.
 */
const struct symbol *symbol_find(struct image *img, const char *start, const char *rest);

/* symbol_find_next: another one after @last, with whatever behind @start. */
const struct symbol *symbol_find_next(struct image *img, const struct symbol *last,
				      const char *start);

/* symbol_undefined: the undefined symbol of an object file's layout. */
const struct symbol *symbol_undefined(struct image *img, uint64_t addr);

/* function_name: "main+0x10", or a section and an offset; to be freed. */
char *function_name(struct image *img, uint64_t addr);

/*
 * symbol_dynamic: entry @index of .dynsym: its name and, where this file
 * defines it, its address.
 */
bool symbol_dynamic(struct image *img, size_t index, const char **name, bool *defined,
		    uint64_t *addr);

/* symbol_exported: a variable that .dynsym defines holds the address. */
bool symbol_exported(struct image *img, uint64_t addr);

#endif /* SYMBOLS_H */
