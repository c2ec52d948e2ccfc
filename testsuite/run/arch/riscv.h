/* SPDX-License-Identifier: GPL-2.0-or-later */
/* riscv.h: instructions of sites on RISC-V: Unprivileged ISA, chapters RV32I and RV64I. */
#define TAIL_CALLS	1
#define FAR		(UINT64_C(1) << 36)
#define WORD_SYNCS	2

static inline enum insn insn_at(const void *addr, const void **to)
{
	uint32_t insn = insn_word(addr), before = insn_word(insn_plus(addr, -4));
	uint32_t link = insn >> 7 & 31;

	switch (insn) {
	case 0x00000013: /* addi x0, x0, 0 */
		return INSN_NOP;
	case 0x00008067: /* jalr x0, 0(ra) */
		return INSN_RETURN;
	case 0x00000513: /* addi a0, x0, 0 */
		return INSN_ZERO;
	}
	if ((insn & 0x7f) == 0x6f)
		*to = insn_plus(addr, insn_distance((insn >> 31) << 19 | (insn >> 12 & 0xff) << 11 |
						    (insn >> 20 & 1) << 10 | (insn >> 21 & 0x3ff),
						    20, 2));
	else if ((insn & 0x707f) == 0x67 && (before & 0x7f) == 0x17 &&
		 (before >> 7 & 31) == (insn >> 15 & 31))
		*to = insn_plus(addr, insn_distance(before >> 12, 20, 4096) - 4 +
				insn_distance(insn >> 20, 12, 1));
	else
		return INSN_OTHER;
	return link == 1 ? INSN_CALL : link ? INSN_OTHER : INSN_JUMP;
}

static inline const void *code_of(const void *function)
{
	return function;
}

static inline int entered_at(const void *to, const void *function)
{
	return to == function;
}

#define SITE_PAIR	"	.option push\n	.option norelax\n	.option norvc\n"
#define SITE_ALIGN	".balign 4\n"
#define SITE_INSN_CALL(label, tramp) \
	SITE_PAIR "	call " tramp "\n	.set " label ", . - 4\n	.option pop\n"
#define SITE_INSN_JUMP(label, tramp) \
	SITE_PAIR "	tail " tramp "\n	.set " label ", . - 4\n	.option pop\n"
#define SITE_NOPS	"nop\n	nop\n"
#define SITE_INDIRECT	"jalr t1\n"
#define SITE_TRAP	"ebreak\n"
#define SITE_STATE	""
#define SITE_FUNCTION(name)	".globl " name "\n" name ":\n"
#define TORTURE_SITES	"torture_c.h"
