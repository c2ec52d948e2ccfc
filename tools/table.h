/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * table.h: the site records and keys of a file, as abi.h lays them out.
 *
 * Reading is lenient: what a damaged record does not tell is left out, so that
 * `list` shows the rest and `verify` can say what is wrong.
 */
#ifndef TABLE_H
#define TABLE_H

#include "key.h"

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
	uint32_t abi; /* version of its descriptor, or of abi.h */
};

/* table_read: false with the reason if a section cannot be read at all. */
bool table_read(struct image *img, struct table *table, struct fault *fault);
void table_free(struct table *table);

/* table_foreign: the file has keys of another ABI version, which were not read. */
bool table_foreign(const struct table *table, struct fault *fault);

/* table_key: the key of the address, or NULL. */
struct key *table_key(struct table *table, uint64_t addr);

/*
 * table_pointers: how many pointers the keys are of; each unit may have two for one.
 * table_escaped: those of them that escape.
 */
size_t table_pointers(const struct table *table);
size_t table_escaped(const struct table *table);

/* key_name: the key's name for messages, also where it has none. */
const char *key_name(struct table *table, uint64_t addr, char *buf, size_t size);

#endif /* TABLE_H */
