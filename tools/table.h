/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * table.h: the site records and keys of a file, as abi.h lays them out.
 *
 * Reading is lenient: what a damaged record does not tell is left out, so that
 * `list` shows the rest and `verify` can say what is wrong.
 */
#ifndef TABLE_H
#define TABLE_H

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
 * struct key: fields that could not be read are 0 or NULL, and @fault says why.
 */
struct key {
	uint64_t addr;
	struct slot slot;
	uint64_t tramp;
	unsigned int tramp_mode;
	const char *name;
	uint64_t dso;
	uint32_t size;
	bool readable;
	bool escaped;
	size_t nsites;
	char *fault;
};

struct site {
	uint64_t record; /* address of the record */
	size_t number;	 /* of the record in its section */
	const struct section *section;
	uint64_t addr;
	unsigned int mode; /* its instruction set: arch.mode_bits */
	uint64_t key_addr;
	unsigned int flags;
	bool readable;
	struct key *key;
	char *fault;
};

/* struct escape: one entry of .static_call_escapes. */
struct escape {
	uint64_t record;
	const struct section *section;
	uint64_t key_addr;
	bool readable;
	struct key key;
};

struct table {
	struct image *img;
	struct site *site;
	size_t nsite;
	struct key *key;
	size_t nkey;
	struct escape *escape;
	size_t nescape;
	bool damaged; /* part of it could not be read */
};

/* Names longer than this are no names. */
#define NAME_MAX_SIZE 4096

/* table_read: false with the reason if a section cannot be read at all. */
bool table_read(struct image *img, struct table *table, struct fault *fault);
void table_free(struct table *table);

/* table_key: the key of the address, or NULL. */
struct key *table_key(struct table *table, uint64_t addr);

/* key_size: of struct static_call_key in the file. */
size_t key_size(const struct image *img);

/* key_name: the key's name for messages, also where it has none. */
const char *key_name(struct table *table, uint64_t addr, char *buf, size_t size);

/* function_name: "main+0x10", or a section and an offset. */
const char *function_name(struct image *img, uint64_t addr, char *buf, size_t size);

/*
 * slot_read: the address that the pointer at @addr has at run time, from the
 * file's bytes or from what a relocation says.
 */
bool slot_read(struct image *img, uint64_t addr, struct slot *slot, struct fault *fault);

/* compare_slots: for sorting; slots known by a symbol alone come first. */
int compare_slots(const struct slot *a, const struct slot *b);

/*
 * slot_name: the slot's address for people, or, where a linker has yet to
 * settle it, its symbol or its section.
 */
const char *slot_name(struct image *img, const struct slot *slot, char *buf, size_t size);

#endif /* TABLE_H */
