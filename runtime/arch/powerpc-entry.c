/* SPDX-License-Identifier: MIT */
/*
 * powerpc-entry.c: where a function of the ELFv2 ABI can be entered directly.
 *
 * Who calls a function by its address has that address in r12, and the function may
 * compute its TOC pointer from it, in code between its first, global, entry and the
 * local one.  A site's branch leaves r12 as it is, but r2 is the TOC pointer of the
 * site's DSO: so it goes to the local entry of functions with the same one, and to
 * functions that need neither.  ELFv2 ABI, "Function Prologue" and "Symbol Values".
 */
#ifdef __powerpc64__
#include "../internal.h"

/* Book I, "Fixed-Point Arithmetic Instructions": an opcode, two registers, and 16 bits. */
#define PPC_ADDIS_2_12	UINT32_C(0x3c4c0000)
#define PPC_LIS_2	UINT32_C(0x3c400000)
#define PPC_ADDI_2_2	UINT32_C(0x38420000)
#define PPC_IMMEDIATE	UINT32_C(0x0000ffff)

/* trap, which ends functions too */
#define PPC_TRAP	UINT32_C(0x7fe00008)

/* The farthest that a local entry can be from the global one, in instructions. */
#define LOCAL_MAX	16

/*
 * toc_of: the TOC pointer that a function computes first, or 0.  From r12; or as a
 * constant, which linkers make of that in a program that is not relocated.
 */
static uintptr_t toc_of(uintptr_t entry)
{
	const uint32_t *p = (const uint32_t *)entry;
	uintptr_t base = (*p & ~PPC_IMMEDIATE) == PPC_ADDIS_2_12 ? entry : 0;

	if (!base && (*p & ~PPC_IMMEDIATE) != PPC_LIS_2)
		return 0;
	if ((p[1] & ~PPC_IMMEDIATE) != PPC_ADDI_2_2)
		return 0;
	return base + (uintptr_t)(intptr_t)(int32_t)(p[0] << 16) +
	       (uintptr_t)(intptr_t)(int16_t)p[1];
}

/* Does execution never, or only after a call, go on behind this instruction? */
static bool ends(uint32_t insn)
{
	bool always = (insn >> 21 & 0x14) == 0x14;	/* BO: no condition */
	uint32_t extended = insn >> 1 & 0x3ff;

	switch (insn >> 26) {
	case 18:	/* b, bl */
		return true;
	case 19:	/* bclr, bcctr */
		return always && (extended == 16 || extended == 528);
	default:
		return insn == PPC_TRAP;
	}
}

/*
 * names_r12: is 12 in one of the three places where instructions have registers?
 * It may be another kind of register there, or no register at all; but branches, and
 * what else there is to the opcodes 16 to 19, have none.
 */
static bool names_r12(uint32_t insn)
{
	if (insn >> 28 == 4)
		return false;
	return (insn >> 21 & 31) == 12 || (insn >> 16 & 31) == 12 || (insn >> 11 & 31) == 12;
}

/*
 * needs_r12: does the code of a function that may stand in front of its local entry
 * have to do with r12?  The linker's own stubs do, which functions of other DSOs can
 * have for their address, and what sets up r2 in a way that is not known here.
 */
static bool needs_r12(const uint32_t *p)
{
	const uint32_t *last = p, *end = p + LOCAL_MAX;

	for (; p < end; p++) {
		if (names_r12(*p))
			return true;
		/* A branch over what ends here: what it goes to is still the function. */
		if (*p >> 26 == 16 && p + (int16_t)(*p & 0xfffc) / 4 > last)
			last = p + (int16_t)(*p & 0xfffc) / 4;
		if (ends(*p) && p >= last)
			break;
	}
	return false;
}

uintptr_t arch_entry(uintptr_t target, uintptr_t tramp)
{
	uintptr_t toc = toc_of(target);

	if (toc)
		return toc == toc_of(tramp) ? target + PPC_LOCAL : 0;
	return needs_r12((const uint32_t *)target) ? 0 : target;
}
#endif
