/* SPDX-License-Identifier: MIT */
/*
 * powerpc.c: decoding the instructions of a site, and the instruction cache; see
 * powerpc.h.
 */

#include "../internal.h"

/* A page of its own, if pages are small; see x86.c. */
__asm__(".pushsection .text.staticcall_probe,\"ax\",@progbits\n"
	".balign 4096\n"
	".globl arch_probe_word\n.hidden arch_probe_word\n"
	".globl arch_probe\n.hidden arch_probe\n"
	".type arch_probe, @function\n"
	"arch_probe_word:\n"
	"arch_probe:\n"
	"	li	3, 0x40de\n"
	"	blr\n"
	".size arch_probe, . - arch_probe\n"
	".balign 4096\n"
	".popsection\n");

static uint32_t insn_at(uintptr_t addr)
{
	return __atomic_load_n((const uint32_t *)addr, __ATOMIC_RELAXED);
}

static uintptr_t branch_target(uintptr_t addr, uint32_t insn)
{
	/* The distance's sign is bit 25 from the right. */
	return addr + (uintptr_t)(intptr_t)((int32_t)((insn & ~PPC_BRANCH) << 6) >> 6);
}

#ifdef __powerpc64__
/* What a site is between: r2 to its place in the frame, and back. */
#define PPC_STD_TOC	UINT32_C(0xf8410018)	/* std r2, 24(r1) */
#define PPC_LD_TOC	UINT32_C(0xe8410018)	/* ld r2, 24(r1) */

static bool keeps_toc(uintptr_t addr)
{
	return insn_at(addr - 4) == PPC_STD_TOC && insn_at(addr + 4) == PPC_LD_TOC;
}
#else
static bool keeps_toc(uintptr_t addr)
{
	(void)addr;
	return true;
}
#endif

/*
 * arch_decode: ARCH_NONE unless it is a branch to @tramp.  A linker that finds
 * the trampoline out of reach, or with another TOC pointer than the caller's, has
 * the site go to a stub of its own: that one stays.
 */
enum arch_kind arch_decode(uintptr_t addr, bool tail, uintptr_t tramp)
{
	uint32_t insn = insn_at(addr);

	if ((insn & PPC_BRANCH) != (tail ? PPC_B : PPC_BL) ||
	    branch_target(addr, insn) != tramp + PPC_LOCAL || !keeps_toc(addr))
		return ARCH_NONE;
	return tail ? ARCH_JMP : ARCH_CALL;
}

bool arch_is_site(uintptr_t addr, enum arch_kind kind, arch_word_t word)
{
	(void)addr;
	return word == PPC_NOP || (word & PPC_BRANCH) == (kind == ARCH_CALL ? PPC_BL : PPC_B);
}

enum form arch_form(uintptr_t addr, enum arch_kind kind, uintptr_t tramp)
{
	uint32_t insn = insn_at(addr);
	uintptr_t to;

	if (kind == ARCH_NONE)
		return FORM_TRAMP;
	if (insn == PPC_NOP)
		return FORM_NOP;
	to = branch_target(addr, insn);
	if (to == tramp + PPC_LOCAL)
		return FORM_TRAMP;
	if (to == tramp - PPC_RETURN)
		return FORM_NOP;
	return to == tramp - PPC_RETURN0 ? FORM_RET0 : FORM_DIRECT;
}

#ifndef __powerpc64__
uintptr_t arch_body(uintptr_t tramp, unsigned int n)
{
	uintptr_t at = tramp - PPC_RETURN0 - 4 * n;
	uint32_t insn = insn_at(at);

	return (insn & PPC_BRANCH) == PPC_B ? branch_target(at, insn) : 0;
}

bool arch_body_holds(uintptr_t body)
{
	return (insn_at(body) & ~UINT32_C(0xffff)) == PPC_LIS_12 &&
	       (insn_at(body + 4) & ~UINT32_C(0xffff)) == PPC_ADDI_12_12;
}
#endif

/* The architecture promises it; see powerpc.h. */
bool arch_word_documented(void)
{
	return true;
}

/* The size of a cache's blocks; none are smaller than 16 bytes. */
static uintptr_t block_size(unsigned long type)
{
	uintptr_t size = auxiliary(type);

	return size && !(size & (size - 1)) ? size : 16;
}

/*
 * arch_flush: the sequence of Power ISA, Book II, "Instruction Storage".  GCC's
 * __builtin___clear_cache() does nothing here.
 */
void arch_flush(uintptr_t lo, uintptr_t hi)
{
	uintptr_t size = block_size(AT_DCACHEBSIZE), at;

	for (at = lo & -size; at < hi; at += size)
		__asm__("dcbst 0, %0" : : "r"(at) : "memory");
	__asm__("sync" : : : "memory");
	size = block_size(AT_ICACHEBSIZE);
	for (at = lo & -size; at < hi; at += size)
		__asm__("icbi 0, %0" : : "r"(at) : "memory");
	__asm__("sync; isync" : : : "memory");
}
