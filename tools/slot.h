/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * slot.h: where a pointer of the program is, as far as a file tells.
 */
#ifndef SLOT_H
#define SLOT_H

#include "image.h"

/*
 * struct slot: where a key's pointer is.
 * @symbol: NULL, or the symbol that the dynamic linker or the linker looks up;
 *	then @addr counts from there if it is not @defined in this file.
 */
struct slot {
	bool known;
	bool defined;
	const char *symbol;
	uint64_t addr;
};

/*
 * slot_read: the address that the pointer at @addr has at run time, from the
 * file's bytes or from what a relocation says.
 */
bool slot_read(struct image *img, uint64_t addr, struct slot *slot, struct fault *fault);

/* slot_exported: other files of a process can name the pointer. */
bool slot_exported(struct image *img, const struct slot *slot);

/* compare_slots: for sorting; slots known by a symbol alone come first. */
int compare_slots(const struct slot *a, const struct slot *b);

/*
 * slot_name: the slot's address for people, or, where a linker has yet to
 * settle it, its symbol or its section; to be freed.
 */
char *slot_name(struct image *img, const struct slot *slot);

#endif /* SLOT_H */
