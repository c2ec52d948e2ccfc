/* SPDX-License-Identifier: MIT */
/*
 * aligned4.h: for architectures whose sites are instructions of four bytes, each an
 * aligned word of its own.
 */
typedef uint32_t arch_word_t;

#define ARCH_WORD_NAME	"aligned4"
#define ARCH_SITE_MAX	4

#include "notrap.h"
#include "leaves.h"

static inline bool arch_one_word(uintptr_t addr, enum arch_kind kind)
{
	(void)kind;
	return !(addr & 3);
}

static inline uintptr_t arch_word_at(uintptr_t addr, enum arch_kind kind)
{
	(void)kind;
	return addr;
}

static inline arch_word_t arch_word(uintptr_t addr, enum arch_kind kind, uint64_t insn,
				    arch_word_t old)
{
	(void)addr;
	(void)kind;
	(void)old;
	return (arch_word_t)insn;
}
