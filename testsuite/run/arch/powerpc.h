/* SPDX-License-Identifier: GPL-2.0-or-later */
/* powerpc.h: instructions of sites on PowerPC: Power ISA, Book I, 2.4 and 3.3. */
#ifdef __powerpc64__
# define TAIL_CALLS	0	/* who calls restores the TOC pointer */
# define FAR		(UINT64_C(1) << 36)
#else
# define TAIL_CALLS	1
# define FAR		(UINT64_C(1) << 29)
#endif
#define WORD_SYNCS	2

static inline enum insn insn_at(const void *addr, const void **to)
{
	uint32_t insn = insn_word(addr);

	switch (insn) {
	case 0x60000000: /* ori 0,0,0 */
		return INSN_NOP;
	case 0x4e800020: /* blr */
		return INSN_RETURN;
	case 0x38600000: /* li r3,0 */
		return INSN_ZERO;
	}
	if ((insn & 0xfc000002) != 0x48000000)
		return INSN_OTHER;
	*to = insn_plus(addr, insn_distance(insn >> 2, 24, 4));
	return insn & 1 ? INSN_CALL : INSN_JUMP;
}

static inline const void *code_of(const void *function)
{
	return function;
}

static inline int entered_at(const void *to, const void *function)
{
#ifdef __powerpc64__
	uint32_t high = insn_word(function) >> 16, low = insn_word(insn_plus(function, 4)) >> 16;

	/* Behind addis r2,r12 or lis r2, and addi r2,r2: ELFv2 ABI, 2.3.2.1. */
	if ((high == 0x3c4c || high == 0x3c40) && low == 0x3842)
		return to == insn_plus(function, 8);
#endif
	return to == function;
}

/* GCC's built-in does nothing here: Power ISA, Book II, "Instruction Storage". */
static inline void flush_code(void *from, void *to)
{
	char *at;

	for (at = from; at < (char *)to; at += 4)
		__asm__ volatile("dcbst 0, %0" : : "r"(at) : "memory");
	__asm__ volatile("sync" : : : "memory");
	for (at = from; at < (char *)to; at += 4)
		__asm__ volatile("icbi 0, %0" : : "r"(at) : "memory");
	__asm__ volatile("sync; isync" : : : "memory");
}

#define FLUSH_CODE	flush_code

#define SITE_ALIGN	".balign 4\n"
#ifdef __powerpc64__
# define SITE_INSN_CALL(label, tramp)	"std 2, 24(1)\n" label ": bl " tramp "\n	ld 2, 24(1)\n"
#else
# define SITE_INSN_CALL(label, tramp)	label ": bl " tramp "\n"
#endif
#define SITE_INSN_JUMP(label, tramp)	label ": b " tramp "\n"
#define SITE_NOPS	"nop\n	nop\n"
#define SITE_INDIRECT	"bctrl\n"
#define SITE_TRAP	"trap\n"
#define SITE_STATE	""
#define SITE_FUNCTION(name)	".globl " name "\n" name ":\n"
#define TORTURE_SITES	"torture_c.h"
