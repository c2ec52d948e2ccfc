/* SPDX-License-Identifier: MIT */
/*
 * x86.h: the three instructions of a site on x86-64 and i386, and their edits.
 *
 *	67 e8 rel32	call
 *	67 e9 rel32	tail jump
 *	67 0f 8x rel32	conditional tail jump: only rel32 changes
 *
 * A site's address is that of its opcode byte.  The prefix in front of it, "byte 0",
 * is there in every form and never changes, so that whoever puts a breakpoint there
 * and restores it later, from memory or from the file, restores the right one.  67,
 * address size, means nothing where no address is in memory or of that size: AMD APM
 * vol. 3, 1.2.3.  More of them may stand before it, as padding.  On i386 it is 65,
 * the segment GS (1.2.4): valgrind's decoder for 32 bits takes 67 in front of a call
 * only, and one segment anywhere; Linux puts no uprobe behind CS, DS, ES and SS.
 *
 * Our own breakpoint stands over the opcode byte, so byte 0 is never written at all.
 *
 * One aligned store: AMD64 Architecture Programmer's Manual vol. 2, 7.6.1,
 * "Cross-Modifying Code": asynchronous modification is sound where the store
 * stays inside one naturally aligned quadword.  Where the opcode byte remains it is one
 * of four bytes inside that, which is atomic, too (vol. 2, 7.3.2, "Access Atomicity"), and
 * what others may do to the bytes beside is not touched.  Else it is a compare and
 * exchange of the quadword, for the same reason.
 */
typedef uint64_t arch_word_t;

#define ARCH_SYSCALLS	"arch/x86-syscall.h"
#define ARCH_WORD_NAME	"aligned8"

enum arch_kind {
	ARCH_NONE,
	ARCH_CALL,
	ARCH_JMP,
	ARCH_JCC,
	ARCH_SLOT,	/* no trampoline has one */
};

#define ARCH_BREAK	0xcc
#ifdef __x86_64__
# define ARCH_HEAD	0x67
#else
# define ARCH_HEAD	0x65
#endif
#define ARCH_SITE_MAX	6
#define ARCH_SITE_BEFORE	1

/* Does nothing: what a conditional jump to nothing jumps to. */
void arch_return_stub(void);

bool arch_may_trap(void);
uintptr_t arch_trap_site(const void *ucontext);
void arch_trap_emulate(void *ucontext, uintptr_t addr, enum arch_kind kind, uintptr_t tramp);

static inline uintptr_t arch_tramp_slot(uintptr_t tramp)
{
	(void)tramp;
	return 0;
}

#define ARCH_SAVE_NO_VECTORS	__attribute__((target("general-regs-only")))

/* GCC manual, "x86 Options": -mpreferred-stack-boundary, and -mincoming-stack-boundary. */
#define ARCH_ANY_STACK		__attribute__((force_align_arg_pointer))

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
/* Without a prefix of its own: decoders have a limit, valgrind's is 7. */
# define X86_ZERO	UINT64_C(0x00000000b8)	/* mov $0, %eax: b8 00 00 00 00 */
#else
/* xchg %ax, %ax: not every processor of 32 bits has nopl. */
# define X86_NOP5	UINT64_C(0x9066666666)	/* 66 66 66 66 90 */
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
 * arch_encode: the bytes of a site, the opcode byte lowest, in @form.
 *
 *	            call                  tail jump             conditional
 *	               addr                  addr                  addr
 *	               |                     |                     |
 *	compiled    67 e8 [to __SCT__]    67 e9 [to __SCT__]    67 0f 8x [to __SCT__]
 *	TRAMP       the same              the same              the same
 *	DIRECT      67 e8 [to target]     67 e9 [to target]     67 0f 8x [to target]
 *	NOP         67 0f 1f 44 00 00     67 c3 cc cc cc cc     67 0f 8x [to a ret]
 *	RET0        67 b8 00 00 00 00     67 e9 [to return0]    67 0f 8x [to return0]
 *
 *	by a word      ^^^^^^^^^^^^^^        ^^^^^^^^^^^^^^              ^^^^^^^^^^^ changes
 *	1st pass       cc                    cc                    cc
 *	2nd pass          ^^^^^^^^^^^           ^^^^^^^^^^^              ^^^^^^^^^^^
 *	3rd pass       ^^                    ^^                    0f
 *
 * A target out of reach makes it the trampoline, and @form say so.  The
 * trampoline is in reach: the linker has resolved a rel32 to it.
 *
 * Of ARCH_JCC only rel32 changes, and that is all.
 */
static inline uint64_t arch_encode(uintptr_t addr, enum arch_kind kind, enum form *form,
				   uintptr_t target, uintptr_t tramp)
{
	uintptr_t to = target;
	uint32_t rel;

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
	rel = (uint32_t)(to - addr - x86_length(kind));
	if (kind == ARCH_JCC)
		return rel;
	return (uint64_t)rel << 8 | (kind == ARCH_CALL ? 0xe8 : 0xe9);
}

static inline uint8_t arch_head(uint64_t insn, enum arch_kind kind)
{
	return kind == ARCH_JCC ? 0x0f : (uint8_t)insn;
}

static inline uint32_t arch_tail(uint64_t insn, enum arch_kind kind)
{
	return (uint32_t)(kind == ARCH_JCC ? insn : insn >> 8);
}

static inline uintptr_t arch_tail_at(uintptr_t addr, enum arch_kind kind)
{
	return addr + x86_length(kind) - 4;
}

/* arch_opcode: of calls and jumps nothing and 0 are instructions of their own. */
static inline bool arch_opcode(enum form from, enum form to)
{
	return (from == FORM_NOP || from == FORM_RET0 ? from : FORM_DIRECT) !=
	       (to == FORM_NOP || to == FORM_RET0 ? to : FORM_DIRECT);
}

static inline uintptr_t x86_jump_target(uintptr_t addr, enum arch_kind kind)
{
	int32_t rel;

	__builtin_memcpy(&rel, (const void *)arch_tail_at(addr, kind), sizeof(rel));
	return addr + x86_length(kind) + (uintptr_t)(intptr_t)rel;
}

static inline bool x86_is_jump(uintptr_t addr, enum arch_kind kind)
{
	const uint8_t *p = (const uint8_t *)addr;

	if (kind == ARCH_JCC)
		return p[0] == 0x0f && (p[1] & 0xf0) == 0x80;
	return p[0] == (kind == ARCH_CALL ? 0xe8 : 0xe9);
}

#define ARCH_LEAVES_FOREIGN	false

static inline bool arch_is_site(uintptr_t addr, enum arch_kind kind, arch_word_t word)
{
	(void)addr;
	(void)kind;
	(void)word;
	return true;
}

/*
 * arch_holds: is the site in @form, or as it was compiled?  Over byte 0 a breakpoint of
 * somebody else's may stand: it is his, and right whatever is behind it.
 */
bool x86_holds(uintptr_t addr, enum arch_kind kind, enum form form, uintptr_t target,
	       uintptr_t tramp);

static inline bool arch_holds(uintptr_t addr, enum arch_kind kind, enum form form,
			      uintptr_t target, uintptr_t tramp)
{
	const uint16_t opcode = (uint16_t)(ARCH_HEAD | (kind == ARCH_CALL ? 0xe8 : 0xe9) << 8);
	const uintptr_t to = form == FORM_DIRECT ? target : tramp;
	uint16_t found;

	/* What most hold, first. */
	__builtin_memcpy(&found, (const void *)(addr - 1), sizeof(found));
	if (kind != ARCH_JCC && found == opcode && x86_jump_target(addr, kind) == to)
		return true;
	return x86_holds(addr, kind, form, target, tramp);
}

/* Where what changes by one store begins. */
static inline uintptr_t x86_change_at(uintptr_t addr, enum arch_kind kind)
{
	return kind == ARCH_JCC ? addr + 2 : addr;
}

/* arch_word_at: the aligned word that all changing bytes lie in, if arch_one_word(). */
static inline uintptr_t arch_word_at(uintptr_t addr, enum arch_kind kind)
{
	return x86_change_at(addr, kind) & ~(uintptr_t)7;
}

/* arch_word: what that word, @old now, is to become. */
static inline uint64_t arch_word(uintptr_t addr, enum arch_kind kind, uint64_t insn,
				 uint64_t old)
{
	uint64_t mask = kind == ARCH_JCC ? UINT64_C(0xffffffff) : UINT64_C(0xffffffffff);
	unsigned int shift = (x86_change_at(addr, kind) & 7) * 8;

	return (old & ~(mask << shift)) | insn << shift;
}

/* The probe is `mov $imm32, %eax; ret`: the word holds b8 imm32 c3 90 90. */
#define ARCH_PROBE_OLD	UINT32_C(0x00c0ffee)
#define ARCH_PROBE_NEW	UINT32_C(0x0badcafe)

static inline uint64_t arch_probe_value(uint32_t imm)
{
	return UINT64_C(0x9090c300000000b8) | (uint64_t)imm << 8;
}
