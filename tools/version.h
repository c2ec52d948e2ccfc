/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * version.h: which version of abi.h a file was made by.
 */
#ifndef VERSION_H
#define VERSION_H

#include "image.h"

/* version_of_key: by which the key at @key is laid out; 0 if that cannot be told. */
uint32_t version_of_key(struct image *img, uint64_t key);

/*
 * version_of: what the descriptor that the key refers to says of itself; 0 if there is
 * none.  An object file has yet to get its descriptor: then as above.
 */
uint32_t version_of(struct image *img, uint64_t key);

#endif /* VERSION_H */
