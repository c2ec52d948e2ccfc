/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * key.h: the key of a marked pointer, as abi.h lays it out.
 */
#ifndef KEY_H
#define KEY_H

#include "slot.h"

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

/* key_size: of struct static_call_key in the file. */
size_t key_size(const struct image *img);

/* key_read: the key at key->addr. */
void key_read(struct image *img, struct key *key);

#endif /* KEY_H */
