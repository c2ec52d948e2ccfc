/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arm.h: the fields of instructions that both files of 32-bit Arm look at.
 */
#ifndef ARM_H
#define ARM_H

#include "arch.h"
#include "bits.h"

#define T32 1

/* A8.8.18, A8.8.25: a condition, an opcode, a distance in words. */
#define COND(word)	   ((word) >> 28)
#define ALWAYS		   14
#define UNCONDITIONAL	   15
#define A32_B		   0x0a000000
#define A32_BL		   0x0b000000
#define A32_DISTANCE(word) (sign_extend(word, 24) * 4)

static inline bool is_a32_return(uint32_t word)
{
	return (word & 0x0fffffff) == 0x012fff1e; /* bx lr */
}

/* The immediate's parts are S:I1:I2:imm10:imm11:0, and J = not I xor S. */
static inline int64_t t32_distance(uint32_t first, uint32_t second)
{
	uint32_t s = first >> 10 & 1;
	uint32_t i1 = ~(second >> 13 ^ s) & 1, i2 = ~(second >> 11 ^ s) & 1;

	return sign_extend(s << 24 | i1 << 23 | i2 << 22 | (first & 0x3ff) << 12 |
				   (second & 0x7ff) << 1,
			   25);
}

/* Of a 32-bit instruction, the first halfword begins with 11101, 11110 or 11111. */
static inline bool is_wide(uint32_t first)
{
	return first >= 0xe800;
}

/* arm_jump: arch.jump. */
bool arm_jump(const struct code *code, struct jump *jump);

#endif /* ARM_H */
