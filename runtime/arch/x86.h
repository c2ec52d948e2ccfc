/* SPDX-License-Identifier: MIT */
/*
 * x86.h: the three instructions of a site on x86-64 and i386, and their edits.
 *
 *	e8 rel32	call		bytes 0..4 change
 *	e9 rel32	tail jump	bytes 0..4 change
 *	0f 8x rel32	conditional tail jump: only rel32, bytes 2..5, changes
 *
 * Redundant 2e prefixes may stand before the opcode byte, as padding; they
 * belong to the instruction in every form and never change.
 *
 * One aligned store: AMD64 Architecture Programmer's Manual vol. 2, 7.6.1,
 * "Cross-Modifying Code": asynchronous modification is sound where the store
 * stays inside one naturally aligned quadword.
 */
typedef uint64_t arch_word_t;

#define ARCH_WORD_NAME	"aligned8"

enum arch_kind {
	ARCH_NONE,
	ARCH_CALL,
	ARCH_JMP,
	ARCH_JCC,
	ARCH_SLOT,	/* no trampoline has one */
};

#define ARCH_BREAK	0xcc
#define ARCH_SITE_MAX	6

/* Does nothing: what a conditional jump to nothing jumps to. */
void arch_return_stub(void);

bool arch_may_trap(void);
uintptr_t arch_trap_address(const void *ucontext);
void arch_trap_emulate(void *ucontext, uintptr_t addr, enum arch_kind kind, uintptr_t tramp);

static inline uintptr_t arch_tramp_slot(uintptr_t tramp)
{
	(void)tramp;
	return 0;
}

#define ARCH_ENTRY_READS	false

static inline uintptr_t arch_entry(uintptr_t target, uintptr_t tramp)
{
	(void)tramp;
	return target;
}

#include "nobodies.h"

/* Instruction fetches snoop stores: AMD APM vol. 2, 7.6.1. */
#define ARCH_FLUSH_GAP	0

static inline void arch_flush(uintptr_t lo, uintptr_t hi)
{
	(void)lo;
	(void)hi;
}

/* What fits into the eight bytes that stand for a site's bytes. */
#ifdef __x86_64__
# define X86_NOP5	UINT64_C(0x0000441f0f)	/* nopl: 0f 1f 44 00 00 */
# define X86_ZERO	UINT64_C(0xc0312e2e2e)	/* xor %eax, %eax: 2e 2e 2e 31 c0 */
#else
/* lea %cs:0(%esi), %esi: not every processor of 32 bits has nopl. */
# define X86_NOP5	UINT64_C(0x0026748d2e)	/* 2e 8d 74 26 00 */
# define X86_ZERO	0	/* a long long is edx too: no instruction clears both */
#endif
#define X86_RET_INT3	UINT64_C(0xccccccccc3)	/* c3 cc cc cc cc */

static inline unsigned int x86_length(enum arch_kind kind)
{
	return kind == ARCH_JCC ? 6 : 5;
}

static inline bool arch_one_word(uintptr_t addr, enum arch_kind kind)
{
	return kind == ARCH_JCC ? ((addr + 2) & 7) <= 4 : (addr & 7) <= 3;
}

static inline bool x86_reach(uintptr_t addr, enum arch_kind kind, uintptr_t to)
{
	/* In 32 bits everything is, the distance wraps around. */
	intptr_t rel = (intptr_t)(to - addr - x86_length(kind));

	return rel == (int32_t)rel;
}

/*
 * arch_encode: the bytes of a site, byte 0 lowest, in @form.
 *
 *	            call               tail jump          conditional
 *	            addr               addr               addr
 *	            |                  |                  |
 *	compiled    e8 [to __SCT__]    e9 [to __SCT__]    0f 8x [to __SCT__]
 *	TRAMP       the same           the same           the same
 *	DIRECT      e8 [to target]     e9 [to target]     0f 8x [to target]
 *	NOP         0f 1f 44 00 00     c3 cc cc cc cc     0f 8x [to a ret]
 *	RET0        2e 2e 2e 31 c0     e9 [to return0]    0f 8x [to return0]
 *
 *	by a word   ^^^^^^^^^^^^^^     ^^^^^^^^^^^^^^           ^^^^^^^^^^^ changes
 *	1st pass    cc                 cc                 cc
 *	2nd pass       ^^^^^^^^^^^        ^^^^^^^^^^^           ^^^^^^^^^^^
 *	3rd pass    ^^                 ^^                 0f
 *
 * A target out of reach makes it the trampoline, and @form say so.  The
 * trampoline is in reach: the linker has resolved a rel32 to it.
 *
 * For ARCH_JCC the opcode is 0f and then, in place of 8x, rel32 follows at
 * once: that is all that arch_head() and arch_tail() want to know.
 */
static inline uint64_t arch_encode(uintptr_t addr, enum arch_kind kind, enum form *form,
				   uintptr_t target, uintptr_t tramp)
{
	uint64_t opcode = kind == ARCH_CALL ? 0xe8 : kind == ARCH_JMP ? 0xe9 : 0x0f;
	uintptr_t to = target;

	switch (*form) {
	case FORM_NOP:
		if (kind == ARCH_CALL)
			return X86_NOP5;
		if (kind == ARCH_JMP)
			return X86_RET_INT3;
		to = (uintptr_t)arch_return_stub;
		break;
	case FORM_RET0:
		if (kind == ARCH_CALL && X86_ZERO)
			return X86_ZERO;
		break;
	case FORM_TRAMP:
		to = tramp;
		break;
	case FORM_DIRECT:
		break;
	}
	if (__builtin_expect(!x86_reach(addr, kind, to), 0)) {
		*form = FORM_TRAMP;
		to = tramp;
	}
	return opcode | (uint64_t)(uint32_t)(to - addr - x86_length(kind)) << 8;
}

static inline uintptr_t arch_break_at(uintptr_t addr)
{
	return addr;
}

static inline uint8_t arch_head(uint64_t insn)
{
	return (uint8_t)insn;
}

static inline uint64_t arch_tail(uint64_t insn)
{
	return insn >> 8;
}

static inline uintptr_t arch_tail_at(uintptr_t addr, enum arch_kind kind)
{
	return addr + x86_length(kind) - 4;
}

static inline size_t arch_tail_size(enum arch_kind kind)
{
	(void)kind;
	return 4;
}

/* arch_word_at: the aligned word that all changing bytes lie in, if arch_one_word(). */
static inline uintptr_t arch_word_at(uintptr_t addr, enum arch_kind kind)
{
	return (kind == ARCH_JCC ? addr + 2 : addr) & ~(uintptr_t)7;
}

/* arch_word: what that word, @old now, is to become. */
static inline uint64_t arch_word(uintptr_t addr, enum arch_kind kind, uint64_t insn,
				 uint64_t old)
{
	uint64_t mask = UINT64_C(0xffffffffff);
	unsigned int shift;

	if (kind == ARCH_JCC) {
		addr += 2;
		insn >>= 8;
		mask >>= 8;
	}
	shift = (addr & 7) * 8;
	return (old & ~(mask << shift)) | insn << shift;
}

/* The probe is `mov $imm32, %eax; ret`: the word holds b8 imm32 c3 90 90. */
#define ARCH_PROBE_OLD	UINT32_C(0x00c0ffee)
#define ARCH_PROBE_NEW	UINT32_C(0x0badcafe)

static inline uint64_t arch_probe_value(uint32_t imm)
{
	return UINT64_C(0x9090c300000000b8) | (uint64_t)imm << 8;
}
