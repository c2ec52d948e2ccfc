/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * key.h: the key of a marked pointer, as abi.h lays it out.
 */
#ifndef KEY_H
#define KEY_H

#include "slot.h"

/*
 * struct key: fields that could not be read are 0 or NULL, and @fault says why.
 * @unseen: a unit that does not know the mark changes the pointer.
 * @exported: marked by a wildcard alone, and other files may store to it.
 */
struct key {
	uint64_t addr;
	struct slot slot;
	uint64_t tramp;
	unsigned int tramp_mode;
	const char *name;
	uint64_t dso;
	uint32_t size;
	uint32_t kind;
	uint32_t flags;
	int32_t member;
	bool readable;
	bool unseen;
	bool exported;
	bool escaped;
	size_t nsites;
	char *fault;
};

/* key_size: of struct static_call_key in the file. */
size_t key_size(const struct image *img);

/* key_read: the key at key->addr. */
void key_read(struct image *img, struct key *key);

/* key_known: abi.h says what its kind and its flags mean. */
bool key_known(const struct key *key);

/*
 * key_remarks: what is to be said behind the key's name, " (cond) (escaped)"; at most
 * KEY_REMARKS bytes.
 */
#define KEY_REMARKS 128
const char *key_remarks(const struct key *key, char *buf);

/* key_kind: the kind's name, or its number. */
const char *key_kind(const struct key *key, char *buf);

#endif /* KEY_H */
