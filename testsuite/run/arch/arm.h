/* SPDX-License-Identifier: GPL-2.0-or-later */
/* arm.h: instructions of sites on Arm: Arm ARM (DDI 0406), A8.8, in either instruction set. */
#define TAIL_CALLS	1
#define FAR		(UINT64_C(1) << 29)
#define WORD_SYNCS	2

#ifdef __thumb__

static inline enum insn insn_at(const void *addr, const void **to)
{
	const unsigned char *p = (const void *)((uintptr_t)addr & ~(uintptr_t)1);
	uint32_t first = p[0] | (uint32_t)p[1] << 8, second = p[2] | (uint32_t)p[3] << 8;
	uint32_t s = first >> 10 & 1, i1 = !((second >> 13 & 1) ^ s), i2 = !((second >> 11 & 1) ^ s);

	if (first == 0x4770) /* bx lr */
		return INSN_RETURN;
	if (first == 0xbf00 || (first == 0xf3af && second == 0x8000))
		return INSN_NOP;
	if (first == 0x2000 || (first == 0xf04f && second == 0x0000)) /* mov r0, #0 */
		return INSN_ZERO;
	if ((first & 0xf800) != 0xf000 || !(second & 0x1000) || !(second & 0x8000))
		return INSN_OTHER;
	*to = insn_plus(p + 4, insn_distance(s << 23 | i1 << 22 | i2 << 21 | (first & 0x3ff) << 11 |
					     (second & 0x7ff), 24, 2));
	return second & 0x4000 ? INSN_CALL : INSN_JUMP;
}

#else

static inline enum insn insn_at(const void *addr, const void **to)
{
	uint32_t insn = insn_word(addr);

	switch (insn) {
	case 0xe320f000:
	case 0xe1a00000: /* mov r0, r0 */
		return INSN_NOP;
	case 0xe12fff1e: /* bx lr */
		return INSN_RETURN;
	case 0xe3a00000: /* mov r0, #0 */
		return INSN_ZERO;
	}
	if ((insn & 0x0e000000) != 0x0a000000)
		return INSN_OTHER;
	*to = insn_plus(addr, 8 + insn_distance(insn, 24, 4));
	if (insn >> 28 != 0xe)
		return insn & 0x01000000 ? INSN_OTHER : INSN_JUMP_IF;
	return insn & 0x01000000 ? INSN_CALL : INSN_JUMP;
}

#endif

static inline const void *code_of(const void *function)
{
	return (const void *)((uintptr_t)function & ~(uintptr_t)1);
}

static inline int entered_at(const void *to, const void *function)
{
	return to == code_of(function);
}

#ifdef __thumb__
# define SITE_ALIGN	".syntax unified\n	.thumb\n	.balign 4\n"
# define SITE_STATE	" + 1"
# define SITE_FUNCTION(name)	".globl " name "\n	.thumb_func\n" name ":\n"
# define SITE_INSN_JUMP(label, tramp)	label ": b.w " tramp "\n"
#else
# define SITE_ALIGN	".syntax unified\n	.arm\n	.balign 4\n"
# define SITE_STATE	""
# define SITE_FUNCTION(name)	".globl " name "\n" name ":\n"
# define SITE_INSN_JUMP(label, tramp)	label ": b " tramp "\n"
#endif
#define SITE_INSN_CALL(label, tramp)	label ": bl " tramp "\n"
#define SITE_NOPS	"nop\n	nop\n	nop\n	nop\n"
#define SITE_INDIRECT	"blx r12\n"
#define SITE_TRAP	"udf #0\n"
#define TORTURE_SITES	"torture_c.h"
