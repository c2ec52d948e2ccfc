/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lines.h: source lines of addresses, through libdw.
 */
#ifndef LINES_H
#define LINES_H

#include "image.h"

/*
 * struct place: @file is NULL where there is no debugging information;
 * @function, "main+0x10", is looked for only where the file has no .symtab.
 */
struct place {
	char *file;
	unsigned int line;
	char *function;
};

/*
 * lines_find: the places of @count addresses, to be freed by lines_free().
 *
 * Separate debugging files are found as libdwfl finds them.  DWARF is the one
 * thing that is not read by checked code of our own, so a child process reads
 * it, within limits; if damage there kills it, a message says so and the
 * places stay empty.
 */
struct place *lines_find(struct image *img, const uint64_t *addr, size_t count);
void lines_free(struct place *place, size_t count);

#endif /* LINES_H */
