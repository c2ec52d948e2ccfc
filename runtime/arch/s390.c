/* SPDX-License-Identifier: MIT */
/*
 * s390.c: decoding the instructions of a site; see s390.h.
 */
#include "../internal.h"

/* A page of its own; see x86.c. */
__asm__(".pushsection .text.staticcall_probe,\"ax\",%progbits\n"
	".balign 4096\n"
	".globl arch_probe_word\n.hidden arch_probe_word\n"
	".globl arch_probe\n.hidden arch_probe\n"
	".type arch_probe, %function\n"
	"arch_probe_word:\n"
	"arch_probe:\n"
	"	llilh	%r2, 0xc0de\n"
	"	br	%r14\n"
	"	nopr	%r7\n"
	".size arch_probe, . - arch_probe\n"
	".balign 4096\n"
	".popsection\n");

/* In the order of the machine, which a test of this need not have. */
static uint16_t halfword_at(uintptr_t addr)
{
	const uint8_t *p = (const uint8_t *)addr;

	return (uint16_t)(p[0] << 8 | p[1]);
}

static uintptr_t branch_target(uintptr_t addr)
{
	uintptr_t at = s390_distance_at(addr);
	uint32_t halfwords = (uint32_t)halfword_at(at) << 16 | halfword_at(at + 2);

	return addr + (uintptr_t)((int64_t)(int32_t)halfwords * 2);
}

/* arch_decode: ARCH_NONE unless it is a branch to @tramp. */
enum arch_kind arch_decode(uintptr_t addr, bool tail, uintptr_t tramp)
{
	uint16_t opcode;

	if (addr & 1)
		return ARCH_NONE;
	opcode = halfword_at(addr);
	if (branch_target(addr) != tramp)
		return ARCH_NONE;
	if (!tail)
		return opcode == S390_BRASL_R14 ? ARCH_CALL : ARCH_NONE;
	return (opcode & ~S390_MASK) == S390_BRCL && opcode & S390_MASK ? ARCH_JMP : ARCH_NONE;
}

enum form arch_form(uintptr_t addr, enum arch_kind kind, uintptr_t tramp)
{
	uintptr_t to;

	if (kind == ARCH_NONE)
		return FORM_TRAMP;
	to = branch_target(addr);
	if (to == tramp)
		return FORM_TRAMP;
	if (to == tramp - S390_RETURN)
		return FORM_NOP;
	return to == tramp - S390_RETURN0 ? FORM_RET0 : FORM_DIRECT;
}

/*
 * Not by IBM's manual, but it is relied on; see s390.h.  There is no other way to
 * change a site here, so that nothing would ever be patched.
 */
bool arch_word_documented(void)
{
	return true;
}
