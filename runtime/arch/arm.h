/* SPDX-License-Identifier: MIT */
/*
 * arm.h: the instructions of a site on arm, in both instruction sets, and their edits.
 *
 *	A32	bl, b		call, tail jump, a trampoline's slot; with a condition
 *		nop		a call of nothing; a slot out of whose reach the target is
 *	T32	bl, b.w		the same; there is no nop
 *
 * Everything here that is an address of code has its bit 0 set where that is T32,
 * as a pointer to a function has.  A branch stays in its instruction set.
 *
 * ARMv7-A/R ARM (DDI 0406C), A3.5.4, "Concurrent modification and execution of
 * instructions", names those that may be changed while others execute them.
 *
 * - Of A32: B, BL, NOP and exceptions, each into any other.
 * - Of T32, whose instructions are halfwords: 16-bit ones; and of BL and of B.W one
 *   halfword, into that of another BL or B.W.  32-bit nops are not among them, so
 *   nothing is called here by calling a stub that returns.
 *
 * Where both halfwords of a BL change, this goes beyond the letter, which promises
 * no more than that a fetch of each halfword is atomic.  The store of an aligned word
 * is single-copy atomic (A3.5.3), so no cache ever holds half of it, and processors
 * fetch from their caches by aligned words or more: one that were to tear would have
 * to read the same word twice for one instruction.  No document says that none does;
 * Linux stops all other processors for such an edit (arch/arm/kernel/patch.c).  An
 * instruction that straddles two words is left alone.
 */
typedef uint32_t arch_word_t;

#define ARCH_WORD_NAME	"aligned4"

#include "notrap.h"

#define ARCH_SYSCALLS	"arch/arm-syscall.h"
#include "leaves.h"

#define ARCH_SITE_MAX	4
#define ARCH_ADDR_BITS	1

static inline bool arm_thumb(uintptr_t addr)
{
	return addr & 1;
}

/* A8.8.18 and A8.8.25: B, BL.  Bits 31..28 are the condition, 23..0 words. */
#define ARM_B		UINT32_C(0x0a000000)
#define ARM_BL		UINT32_C(0x0b000000)
#define ARM_BRANCH	UINT32_C(0x0f000000)
#define ARM_NOP		UINT32_C(0x0320f000)
#define ARM_COND	UINT32_C(0xf0000000)

/* The same sections, encodings T4 and T1; the first halfword is the lower one. */
#define THUMB_B		UINT32_C(0x9000f000)
#define THUMB_BL	UINT32_C(0xd000f000)
#define THUMB_BRANCH	UINT32_C(0xd000f800)

/* Where the stubs stand, as plugin/target/arm.cc lays them out. */
#define ARM_RETURN0	12	/* mov r0, #0; mov r1, #0; bx lr */
#define ARM_RETURN	4	/* bx lr */
#define THUMB_RETURN0	6	/* movs r0, #0; movs r1, #0; bx lr */
#define THUMB_RETURN	2	/* bx lr */

static inline uintptr_t arm_return_stub(uintptr_t tramp)
{
	return tramp - (arm_thumb(tramp) ? THUMB_RETURN : ARM_RETURN);
}

static inline uintptr_t arm_return0_stub(uintptr_t tramp)
{
	return tramp - (arm_thumb(tramp) ? THUMB_RETURN0 : ARM_RETURN0);
}

static inline bool arch_one_word(uintptr_t addr, enum arch_kind kind)
{
	(void)kind;
	return !(addr & (arm_thumb(addr) ? 2 : 3));
}

#define ARCH_ENTRY_READS	false

/* The trampoline's literal path alone can change the instruction set. */
static inline uintptr_t arch_entry(uintptr_t target, uintptr_t tramp)
{
	return arm_thumb(target) == arm_thumb(tramp) ? target : 0;
}

/* From what the program counter reads as: two instructions on, A2.3. */
static inline intptr_t arm_distance(uintptr_t from, uintptr_t to)
{
	return (intptr_t)(to - (from + (arm_thumb(from) ? 4 : 8)));
}

/* +-32 MiB, in T32 +-16 MiB. */
static inline bool arm_reach(uintptr_t from, uintptr_t to)
{
	intptr_t distance = arm_distance(from, to), reach = arm_thumb(from) ? 1 << 24 : 1 << 25;

	return distance >= -reach && distance < reach && !(distance & (arm_thumb(from) ? 1 : 3));
}

/* The immediate's parts: S:I1:I2:imm10:imm11, and J = not I xor S. */
static inline uint32_t thumb_offset(intptr_t distance)
{
	uint32_t d = (uint32_t)distance, s = d >> 24 & 1;
	uint32_t j1 = ~(d >> 23 ^ s) & 1, j2 = ~(d >> 22 ^ s) & 1;

	return s << 10 | (d >> 12 & 0x3ff) | j1 << 29 | j2 << 27 | (d >> 1 & 0x7ff) << 16;
}

static inline uint32_t arm_branch(uintptr_t from, enum arch_kind kind, uintptr_t to)
{
	intptr_t distance = arm_distance(from, to);

	if (arm_thumb(from))
		return (kind == ARCH_CALL ? THUMB_BL : THUMB_B) | thumb_offset(distance);
	return (kind == ARCH_CALL ? ARM_BL : ARM_B) | ((uint32_t)distance >> 2 & 0xffffff);
}

/* arm_empty: a slot that goes on behind itself. */
static inline uint32_t arm_empty(uintptr_t slot)
{
	return arm_thumb(slot) ? arm_branch(slot, ARCH_SLOT, slot + 4) : ARM_NOP;
}

/*
 * arch_encode: the instruction of a site in @form; arch_word() adds the condition.
 *
 *	            call               tail jump          slot of a trampoline
 *	A32
 *	compiled    bl<c> __SCT__      b<c> __SCT__       nop
 *	TRAMP       the same           the same           nop
 *	DIRECT      bl<c> target       b<c> target        b  target
 *	NOP         nop<c>             b<c> __SCT__-4     nop
 *	RET0        bl<c> __SCT__-12   b<c> __SCT__-12    nop
 *	T32
 *	compiled    bl __SCT__         b.w __SCT__        b.w behind itself
 *	TRAMP       the same           the same           the same
 *	DIRECT      bl target          b.w target         b.w target
 *	NOP         bl __SCT__-2       b.w __SCT__-2      b.w behind itself
 *	RET0        bl __SCT__-6       b.w __SCT__-6      b.w behind itself
 *
 * A target out of reach makes it the trampoline, and @form say so; the
 * trampoline, and so the stubs, are in reach: the linker has resolved a branch.
 */
static inline uint64_t arch_encode(uintptr_t addr, enum arch_kind kind, enum form *form,
				   uintptr_t target, uintptr_t tramp)
{
	uintptr_t to = target;

	if (kind == ARCH_SLOT && *form != FORM_DIRECT)
		return arm_empty(addr);
	switch (*form) {
	case FORM_NOP:
		if (kind == ARCH_CALL && !arm_thumb(addr))
			return ARM_NOP;
		to = arm_return_stub(tramp);
		break;
	case FORM_RET0:
		to = arm_return0_stub(tramp);
		break;
	case FORM_TRAMP:
		to = tramp;
		break;
	case FORM_DIRECT:
		break;
	}
	if (__builtin_expect(!arm_reach(addr, to), 0)) {
		*form = FORM_TRAMP;
		if (kind == ARCH_SLOT)
			return arm_empty(addr);
		to = tramp;
	}
	return arm_branch(addr, kind, to);
}

static inline uintptr_t arch_word_at(uintptr_t addr, enum arch_kind kind)
{
	(void)kind;
	return addr & ~(uintptr_t)ARCH_ADDR_BITS;
}

static inline arch_word_t arch_word(uintptr_t addr, enum arch_kind kind, uint64_t insn,
				    arch_word_t old)
{
	(void)kind;
	return (arch_word_t)insn | (arm_thumb(addr) ? 0 : old & ARM_COND);
}

/* It stands first. */
static inline uintptr_t arch_tramp_slot(uintptr_t tramp)
{
	uint32_t insn;

	if (!arch_one_word(tramp, ARCH_SLOT))
		return 0;
	insn = *(const uint32_t *)arch_word_at(tramp, ARCH_SLOT);
	if (arm_thumb(tramp))
		return (insn & THUMB_BRANCH) == THUMB_B ? tramp : 0;
	insn &= ~ARM_COND;
	return insn == ARM_NOP || (insn & ARM_BRANCH) == ARM_B ? tramp : 0;
}

#include "nobodies.h"

/* A system call, which costs as much as some thirty lines. */
#define ARCH_FLUSH_GAP	2048

static inline void arch_flush(uintptr_t lo, uintptr_t hi)
{
	__builtin___clear_cache((char *)lo, (char *)hi);
}

/* The probe is `mov r0, #imm8; bx lr`: A8.8.102, MOV (immediate), T2 or A1. */
#define ARCH_PROBE_OLD	UINT32_C(0x5a)
#define ARCH_PROBE_NEW	UINT32_C(0xa5)

static inline arch_word_t arch_probe_value(uint32_t imm)
{
#ifdef __thumb__
	return UINT32_C(0x0000f04f) | imm << 16;
#else
	return UINT32_C(0xe3a00000) | imm;
#endif
}
