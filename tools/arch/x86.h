/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * x86.h: what both files of x86 look at.
 */
#ifndef X86_H
#define X86_H

#include "arch.h"
#include "bits.h"

/* x86_rel32: an address that is so far from @end. */
static inline uint64_t x86_rel32(const uint8_t *field, uint64_t end)
{
	return end + sign_extend(get_le32(field), 32);
}

/* x86_jump_64, x86_jump_32: arch.jump. */
bool x86_jump_64(const struct code *code, struct jump *jump);
bool x86_jump_32(const struct code *code, struct jump *jump);

#endif /* X86_H */
