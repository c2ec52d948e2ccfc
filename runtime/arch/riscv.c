/* SPDX-License-Identifier: MIT */
/*
 * riscv.c: decoding the instructions of a site; see riscv.h.
 */
#include "../internal.h"

/* A page of its own, if pages are small; see x86.c. */
__asm__(".pushsection .text.staticcall_probe,\"ax\",%progbits\n"
	".option push\n"
	".option norvc\n"
	".option norelax\n"
	".balign 4096\n"
	".globl arch_probe_word\n.hidden arch_probe_word\n"
	".globl arch_probe\n.hidden arch_probe\n"
	".type arch_probe, %function\n"
	"arch_probe_word:\n"
	"arch_probe:\n"
	"	lui	a0, 0x0c0de\n"
	"	ret\n"
	".size arch_probe, . - arch_probe\n"
	".balign 4096\n"
	".option pop\n"
	".popsection\n");

static uint32_t insn_at(uintptr_t addr)
{
	return __atomic_load_n((const uint32_t *)addr, __ATOMIC_RELAXED);
}

static uintptr_t jal_target(uintptr_t addr, uint32_t insn)
{
	uint32_t distance = (insn & 0xff000) | (insn >> 9 & 0x800) | (insn >> 20 & 0x7fe);

	/* Its sign is bit 31. */
	if (insn & UINT32_C(0x80000000))
		return addr + distance - RISCV_REACH;
	return addr + distance;
}

/*
 * arch_decode: ARCH_NONE unless it is the second instruction of the pair to
 * @tramp.  A pair that is not aligned may be any bytes at all, and stays.
 */
enum arch_kind arch_decode(uintptr_t addr, bool tail, uintptr_t tramp)
{
	enum arch_kind kind = tail ? ARCH_JMP : ARCH_CALL;
	int64_t distance = (int64_t)(tramp - (addr - 4)) + 0x800;

	if (distance != (int32_t)distance || !arch_one_word(addr, kind))
		return ARCH_NONE;
	if (insn_at(addr - 4) != riscv_auipc(addr, kind, tramp) ||
	    insn_at(addr) != riscv_jalr(addr, kind, tramp))
		return ARCH_NONE;
	return kind;
}

bool arch_is_site(uintptr_t addr, enum arch_kind kind, arch_word_t word)
{
	uint32_t link = RISCV_RD(kind == ARCH_CALL ? RISCV_RA : 0);

	(void)addr;
	return word == RISCV_NOP || (word & (RISCV_OPCODE | RISCV_RD(31))) == (RISCV_JAL | link);
}

enum form arch_form(uintptr_t addr, enum arch_kind kind, uintptr_t tramp)
{
	uint32_t insn;
	uintptr_t to;

	if (kind == ARCH_NONE)
		return FORM_TRAMP;
	insn = insn_at(addr);
	if (insn == RISCV_NOP)
		return FORM_NOP;
	if ((insn & RISCV_OPCODE) != RISCV_JAL)
		return FORM_TRAMP;
	to = jal_target(addr, insn);
	if (to == tramp - RISCV_RETURN)
		return FORM_NOP;
	return to == tramp - RISCV_RETURN0 ? FORM_RET0 : FORM_DIRECT;
}

/* By profile; see riscv.h.  Linux itself changes its jump labels so on every processor. */
bool arch_word_documented(void)
{
	return true;
}
