/* SPDX-License-Identifier: MIT */
/*
 * s390.h: the instructions of a site on z/Architecture, and their edits.
 *
 *	c0e5 rel32	brasl %r14		call
 *	c0f4 rel32	brcl 15, or another mask	tail jump
 *
 * Only the distance ever changes, bytes 2 to 5, which counts halfwords: to the
 * target, to the trampoline, or to one of the stubs in front of that.
 *
 * Principles of Operation (SA22-7832), chapter 5, "Sequence of Storage References":
 * a store to an aligned doubleword is seen by other processors as a whole, and a
 * serialized one has discarded the instructions that it had fetched before.  What
 * a fetch gets of a store that happens just then, it leaves open ("Instruction
 * Fetching").  That all processors get a doubleword's bytes together is what code
 * generators live on there: HotSpot changes the distance of a brasl that others
 * execute by one store.  So no opcode is changed here, nor a mask.
 */
typedef uint64_t arch_word_t;

#define ARCH_WORD_NAME	"aligned8"

/* No trampoline has a slot: sites reach as far as it would. */
#include "notrap.h"

#define ARCH_SYSCALLS	"arch/s390-syscall.h"

#define ARCH_SITE_MAX	6

/* Chapter 7, BRANCH RELATIVE AND SAVE LONG, BRANCH RELATIVE ON CONDITION LONG. */
#define S390_BRASL_R14	0xc0e5
#define S390_BRCL	0xc004
#define S390_MASK	0x00f0

/* Where the stubs stand, as plugin/target/s390.cc lays them out. */
#define S390_RETURN0	16	/* lghi %r2, 0; return */
#define S390_RETURN	12	/* return */

static inline uintptr_t s390_distance_at(uintptr_t addr)
{
	return addr + 2;
}

static inline bool arch_one_word(uintptr_t addr, enum arch_kind kind)
{
	(void)kind;
	return (s390_distance_at(addr) & 7) <= 4;
}

#define ARCH_ENTRY_READS	false

static inline uintptr_t arch_entry(uintptr_t target, uintptr_t tramp)
{
	(void)tramp;
	return target;
}

static inline bool s390_reach(uintptr_t addr, uintptr_t to)
{
	int64_t distance = (int64_t)(to - addr);

	return !(distance & 1) && distance / 2 == (int32_t)(distance / 2);
}

/*
 * arch_encode: the distance that a site has in @form.
 *
 *	            call               tail jump
 *	            addr               addr
 *	            |                  |
 *	compiled    c0e5 [__SCT__]     c0f4 [__SCT__]		or another mask than f
 *	TRAMP       the same           the same
 *	DIRECT      c0e5 [target]      c0f4 [target]
 *	NOP         c0e5 [__SCT__-12]  c0f4 [__SCT__-12]
 *	RET0        c0e5 [__SCT__-16]  c0f4 [__SCT__-16]
 *	                 ^^^^^^^^^          ^^^^^^^^^ changes: halfwords from addr
 *
 * A target out of reach makes it the trampoline, and @form say so; the
 * trampoline, and so the stubs, are in reach: the linker has resolved it.
 */
static inline uint64_t arch_encode(uintptr_t addr, enum arch_kind kind, enum form *form,
				   uintptr_t target, uintptr_t tramp)
{
	uintptr_t to = target;

	(void)kind;
	switch (*form) {
	case FORM_NOP:
		to = tramp - S390_RETURN;
		break;
	case FORM_RET0:
		to = tramp - S390_RETURN0;
		break;
	case FORM_TRAMP:
		to = tramp;
		break;
	case FORM_DIRECT:
		break;
	}
	if (__builtin_expect(!s390_reach(addr, to), 0)) {
		*form = FORM_TRAMP;
		to = tramp;
	}
	return (uint32_t)((int64_t)(to - addr) / 2);
}

/* The aligned word that the distance lies in, if arch_one_word(). */
static inline uintptr_t arch_word_at(uintptr_t addr, enum arch_kind kind)
{
	(void)kind;
	return s390_distance_at(addr) & ~(uintptr_t)7;
}

static inline arch_word_t arch_word(uintptr_t addr, enum arch_kind kind, uint64_t distance,
				    arch_word_t old)
{
	unsigned int shift = 32 - (s390_distance_at(addr) & 7) * 8;

	(void)kind;
	return (old & ~(UINT64_C(0xffffffff) << shift)) | distance << shift;
}

/*
 * The distance alone: a debugger's breakpoint takes the place of the first halfword,
 * which no edit changes, and who takes it away restores the right one.
 */
#define ARCH_LEAVES_FOREIGN	false

static inline bool arch_is_site(uintptr_t addr, enum arch_kind kind, arch_word_t word)
{
	(void)addr;
	(void)kind;
	(void)word;
	return true;
}

static inline bool arch_holds(uintptr_t addr, enum arch_kind kind, enum form form,
			      uintptr_t target, uintptr_t tramp)
{
	enum form compiled = FORM_TRAMP;
	arch_word_t word = *(const arch_word_t *)arch_word_at(addr, kind);

	return word == arch_word(addr, kind, arch_encode(addr, kind, &form, target, tramp), word) ||
	       word == arch_word(addr, kind, arch_encode(addr, kind, &compiled, 0, tramp), word);
}

static inline bool arch_opcode(enum form from, enum form to)
{
	(void)from;
	(void)to;
	return true;
}

static inline uintptr_t arch_tramp_slot(uintptr_t tramp)
{
	(void)tramp;
	return 0;
}

#include "nobodies.h"

/* Fetches see stores by way of the caches that loads do. */
#define ARCH_FLUSH_GAP	0

static inline void arch_flush(uintptr_t lo, uintptr_t hi)
{
	(void)lo;
	(void)hi;
}

/* The probe is `llilh %r2, imm16; br %r14; nopr`. */
#define ARCH_PROBE_OLD	UINT32_C(0xc0de0000)
#define ARCH_PROBE_NEW	UINT32_C(0xcafe0000)

static inline arch_word_t arch_probe_value(uint32_t imm)
{
	return UINT64_C(0xa52e000007fe0707) | (uint64_t)imm << 16;
}
