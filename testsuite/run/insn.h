/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * insn.h: what the instructions at a site do, read without the runtime's decoder.
 *
 * One header an architecture, each with the same names:
 *
 * insn_at()		the kind of an instruction, and where it branches to
 * code_of()		the first instruction of a function
 * entered_at()		is this where a direct call of a function may enter it?
 * TAIL_CALLS		does the compiler turn calls in return position into jumps?
 * WORD_SYNCS		core-synchronizing calls of an update by aligned stores: one more
 *			where trampolines have an instruction that changes
 * FLUSH_CODE()		have what has been stored between two addresses be executed
 * FAR			address bits that differ: out of a branch's reach
 *
 * Where test programs write sites of their own, as assembly:
 *
 * SITE_INSN_CALL(), SITE_INSN_JUMP()	a call, and a jump
 * SITE_ALIGN		stands before each
 * SITE_STATE		belongs to its address
 * SITE_FUNCTION()	a function begins here
 * TORTURE_SITES	the file with the sites of torture.c
 * SITE_NOPS, SITE_INDIRECT, SITE_TRAP	what no site is
 */
#ifndef INSN_H
#define INSN_H

#include <stdint.h>
#include <string.h>

#include <staticcall.h>

enum insn {
	INSN_OTHER,
	INSN_CALL,
	INSN_JUMP,
	INSN_JUMP_IF,
	INSN_NOP,
	INSN_RETURN,
	INSN_ZERO,	/* becomes the value that a function returns */
};

static inline uint32_t insn_word(const void *at)
{
	uint32_t word;

	memcpy(&word, at, sizeof(word));
	return word;
}

/* The number in the @bits lowest bits of @value, times @scale. */
static inline int64_t insn_distance(uint64_t value, unsigned int bits, int scale)
{
	return (int64_t)(value << (64 - bits)) / ((int64_t)1 << (64 - bits)) * scale;
}

static inline const void *insn_plus(const void *at, int64_t distance)
{
	return (const void *)((uintptr_t)at + (uintptr_t)distance);
}

#if defined(__x86_64__) || defined(__i386__)
# include "arch/x86.h"
#elif defined(__aarch64__)
# include "arch/arm64.h"
#elif defined(__powerpc__)
# include "arch/powerpc.h"
#elif defined(__riscv)
# include "arch/riscv.h"
#elif defined(__arm__)
# include "arch/arm.h"
#elif defined(__s390x__)
# include "arch/s390.h"
#endif

#ifndef FLUSH_CODE
# define FLUSH_CODE(from, to)	__builtin___clear_cache(from, to)
#endif

static inline int branches(const void *addr, unsigned int kinds, const void *function)
{
	const void *to = NULL;

	return (kinds >> insn_at(addr, &to) & 1) && entered_at(to, function);
}

/* Is there a call, or a jump, of @function? */
static inline int is_call(const void *addr, const void *function)
{
	return branches(addr, 1 << INSN_CALL, function);
}

static inline int is_jump(const void *addr, const void *function)
{
	return branches(addr, TAIL_CALLS ? 1 << INSN_JUMP : 1 << INSN_CALL, function);
}

static inline int is_jump_if(const void *addr, const void *function)
{
	return branches(addr, 1 << INSN_JUMP_IF, function) || is_jump(addr, function);
}

static inline int is_branch(const void *addr)
{
	const void *to;
	enum insn kind = insn_at(addr, &to);

	return kind == INSN_CALL || kind == INSN_JUMP || kind == INSN_JUMP_IF;
}

/* By itself, or by going where nothing is done, or 0 returned. */
static inline int does_nothing(const void *addr)
{
	const void *to = addr;

	if (is_branch(addr)) {
		insn_at(addr, &to);
		return insn_at(to, &to) == INSN_RETURN;
	}
	return insn_at(addr, &to) == INSN_NOP || insn_at(addr, &to) == INSN_RETURN;
}

static inline int returns0(const void *addr)
{
	const void *to = addr, *unused;

	if (is_branch(addr))
		insn_at(addr, &to);
	return entered_at(to, (const void *)__static_call_return0) ||
	       insn_at(to, &unused) == INSN_ZERO;
}

#endif
