/* SPDX-License-Identifier: GPL-2.0-or-later */
/* arm64.h: instructions of sites on AArch64: Arm ARM (DDI 0487), C6.2. */
#define TAIL_CALLS	1
#define FAR		(UINT64_C(1) << 36)
#define WORD_SYNCS	2

static inline enum insn insn_at(const void *addr, const void **to)
{
	uint32_t insn = insn_word(addr);

	switch (insn) {
	case 0xd503201f:
		return INSN_NOP;
	case 0xd65f03c0:
		return INSN_RETURN;
	case 0xd2800000: /* mov x0, #0 */
		return INSN_ZERO;
	}
	if ((insn & 0x7c000000) != 0x14000000)
		return INSN_OTHER;
	*to = insn_plus(addr, insn_distance(insn, 26, 4));
	return insn >> 31 ? INSN_CALL : INSN_JUMP;
}

static inline const void *code_of(const void *function)
{
	return function;
}

static inline int entered_at(const void *to, const void *function)
{
	return to == function;
}

#define SITE_ALIGN	".balign 4\n"
#define SITE_INSN_CALL(label, tramp)	label ": bl " tramp "\n"
#define SITE_INSN_JUMP(label, tramp)	label ": b " tramp "\n"
#define SITE_NOPS	"nop\n	nop\n"
#define SITE_INDIRECT	"blr x16\n"
#define SITE_TRAP	"brk #0\n"
#define SITE_STATE	""
#define SITE_FUNCTION(name)	".globl " name "\n" name ":\n"
#define TORTURE_SITES	"torture_c.h"
