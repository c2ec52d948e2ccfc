/* SPDX-License-Identifier: MIT */
/*
 * arm64.c: decoding the instructions of a site; see arm64.h.
 */
#include "../internal.h"

/* A page of its own, if pages are small; see x86.c. */
__asm__(".pushsection .text.staticcall_probe,\"ax\",%progbits\n"
	".balign 4096\n"
	".globl arch_probe_word\n.hidden arch_probe_word\n"
	".globl arch_probe\n.hidden arch_probe\n"
	".type arch_probe, %function\n"
	"arch_probe_word:\n"
	"arch_probe:\n"
	"	movz	w0, #0xc0de\n"
	"	ret\n"
	".size arch_probe, . - arch_probe\n"
	".balign 4096\n"
	".popsection\n");

static uint32_t insn_at(uintptr_t addr)
{
	return __atomic_load_n((const uint32_t *)addr, __ATOMIC_RELAXED);
}

static uintptr_t branch_target(uintptr_t addr, uint32_t insn)
{
	/* The distance's sign is bit 25. */
	return addr + (uintptr_t)((intptr_t)(int32_t)(insn << 6) >> 4);
}

/*
 * arch_decode: ARCH_NONE unless it is a branch to @tramp.  A linker that finds
 * the trampoline out of reach has the site go to a veneer: that one stays.
 */
enum arch_kind arch_decode(uintptr_t addr, bool tail, uintptr_t tramp)
{
	uint32_t insn = insn_at(addr);

	if ((insn & ARM64_BRANCH) != (tail ? ARM64_B : ARM64_BL) ||
	    branch_target(addr, insn) != tramp)
		return ARCH_NONE;
	return tail ? ARCH_JMP : ARCH_CALL;
}

bool arch_is_site(uintptr_t addr, enum arch_kind kind, arch_word_t word)
{
	(void)addr;
	return word == ARM64_NOP ||
	       (word & ARM64_BRANCH) == (kind == ARCH_CALL ? ARM64_BL : ARM64_B);
}

enum form arch_form(uintptr_t addr, enum arch_kind kind, uintptr_t tramp)
{
	uint32_t insn = insn_at(addr);
	uintptr_t to;

	if (kind == ARCH_NONE)
		return FORM_TRAMP;
	if (insn == ARM64_NOP)
		return FORM_NOP;
	to = branch_target(addr, insn);
	if (to == tramp)
		return FORM_TRAMP;
	if (to == tramp - ARM64_RETURN)
		return FORM_NOP;
	return to == tramp - ARM64_RETURN0 ? FORM_RET0 : FORM_DIRECT;
}

/* The architecture promises it; see arm64.h. */
bool arch_word_documented(void)
{
	return true;
}
