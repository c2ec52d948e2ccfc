/* SPDX-License-Identifier: MIT */
/*
 * arm.c: decoding the instructions of a site; see arm.h.
 */
#include <stdlib.h>

#include "../internal.h"

/*
 * A page of its own, if pages are small; see x86.c.  In the instruction set that
 * the library is compiled for: some processors have only one.
 */
__asm__(".pushsection .text.staticcall_probe,\"ax\",%progbits\n"
	".syntax unified\n"
	".balign 4096\n"
	".globl arch_probe_word\n.hidden arch_probe_word\n"
	".globl arch_probe\n.hidden arch_probe\n"
	".type arch_probe_word, %object\n"
	".type arch_probe, %function\n"
	"arch_probe_word:\n"
#ifdef __thumb__
	".thumb\n"
	".thumb_func\n"
	"arch_probe:\n"
	"	mov.w	r0, #0x5a\n"
#else
	".arm\n"
	"arch_probe:\n"
	"	mov	r0, #0x5a\n"
#endif
	"	bx	lr\n"
	".size arch_probe, . - arch_probe\n"
	".balign 4096\n"
	".popsection\n");

static uint32_t insn_at(uintptr_t addr)
{
	return __atomic_load_n((const uint32_t *)arch_word_at(addr, ARCH_NONE), __ATOMIC_RELAXED);
}

static bool is_branch(uintptr_t addr, enum arch_kind kind, uint32_t insn)
{
	if (arm_thumb(addr))
		return (insn & THUMB_BRANCH) == (kind == ARCH_CALL ? THUMB_BL : THUMB_B);
	/* Without a condition it is BLX, which changes the instruction set. */
	return (insn & ARM_BRANCH) == (kind == ARCH_CALL ? ARM_BL : ARM_B) &&
	       (insn & ARM_COND) != ARM_COND;
}

static uintptr_t branch_target(uintptr_t addr, uint32_t insn)
{
	uint32_t s, i1, i2, distance;

	if (!arm_thumb(addr))
		return addr + 8 + (uintptr_t)((intptr_t)(int32_t)(insn << 8) >> 6);
	s = insn >> 10 & 1;
	i1 = ~(insn >> 29 ^ s) & 1;
	i2 = ~(insn >> 27 ^ s) & 1;
	distance = s << 24 | i1 << 23 | i2 << 22 | (insn & 0x3ff) << 12 |
		   (insn >> 16 & 0x7ff) << 1;
	return addr + 4 + (uintptr_t)((intptr_t)(int32_t)(distance << 7) >> 7);
}

/*
 * arch_decode: ARCH_NONE unless it is a branch to @tramp in one instruction set.
 *
 * A linker lets a site go to a trampoline of the other one by BLX or a veneer: that
 * one stays.  Half of an instruction that straddles words is not looked at.
 */
enum arch_kind arch_decode(uintptr_t addr, bool tail, uintptr_t tramp)
{
	enum arch_kind kind = tail ? ARCH_JMP : ARCH_CALL;
	uint32_t insn;

	if (!arch_one_word(addr, kind) || arm_thumb(addr) != arm_thumb(tramp))
		return ARCH_NONE;
	insn = insn_at(addr);
	return is_branch(addr, kind, insn) && branch_target(addr, insn) == tramp ? kind : ARCH_NONE;
}

bool arch_is_site(uintptr_t addr, enum arch_kind kind, arch_word_t word)
{
	return is_branch(addr, kind, word) || (!arm_thumb(addr) && (word & ~ARM_COND) == ARM_NOP);
}

enum form arch_form(uintptr_t addr, enum arch_kind kind, uintptr_t tramp)
{
	uint32_t insn;
	uintptr_t to;

	if (kind == ARCH_NONE)
		return FORM_TRAMP;
	insn = insn_at(addr);
	if (!arm_thumb(addr) && (insn & ~ARM_COND) == ARM_NOP)
		return FORM_NOP;
	to = branch_target(addr, insn);
	if (to == tramp)
		return FORM_TRAMP;
	if (to == arm_return_stub(tramp))
		return FORM_NOP;
	return to == arm_return0_stub(tramp) ? FORM_RET0 : FORM_DIRECT;
}

/*
 * arch_word_documented: from ARMv7 on; see arm.h.  The kernel calls the processor
 * "v7l" or "v8l", which is what 64-bit ones are to processes of 32 bits.
 */
bool arch_word_documented(void)
{
	const char *platform = (const char *)auxiliary(AT_PLATFORM);

	return platform && platform[0] == 'v' && strtol(platform + 1, NULL, 10) >= 7;
}
