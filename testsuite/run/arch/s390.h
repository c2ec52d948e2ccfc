/* SPDX-License-Identifier: GPL-2.0-or-later */
/* s390.h: instructions of sites on z/Architecture: Principles of Operation, chapter 7. */
#define TAIL_CALLS	1
#define FAR		(UINT64_C(1) << 36)
#define WORD_SYNCS	1

static inline enum insn insn_at(const void *addr, const void **to)
{
	const unsigned char *p = addr;

	if (!memcmp(p, "\x07\xfe", 2)) /* br %r14 */
		return INSN_RETURN;
	if (!memcmp(p, "\xa7\x29\x00\x00", 4)) /* lghi %r2, 0 */
		return INSN_ZERO;
	if (*p != 0xc0)
		return INSN_OTHER;
	*to = insn_plus(addr, insn_distance(insn_word(p + 2), 32, 2));
	if (p[1] == 0xe5) /* brasl %r14 */
		return INSN_CALL;
	if ((p[1] & 0x0f) == 4) /* brcl */
		return p[1] == 0xf4 ? INSN_JUMP : p[1] == 0x04 ? INSN_NOP : INSN_JUMP_IF;
	return INSN_OTHER;
}

static inline const void *code_of(const void *function)
{
	return function;
}

static inline int entered_at(const void *to, const void *function)
{
	return to == function;
}

/* So that the distance lies in one word of eight bytes. */
#define SITE_ALIGN	".balign 8\n"
#define SITE_INSN_CALL(label, tramp)	label ": brasl %r14, " tramp "\n"
#define SITE_INSN_JUMP(label, tramp)	label ": jg " tramp "\n"
#define SITE_NOPS	"nopr\n	nopr\n	nopr\n	nopr\n"
#define SITE_INDIRECT	"basr %r14, %r1\n"
#define SITE_TRAP	".short 1\n"
#define SITE_STATE	""
#define SITE_FUNCTION(name)	".globl " name "\n" name ":\n"
#define TORTURE_SITES	"torture_c.h"
