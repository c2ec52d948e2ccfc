/* SPDX-License-Identifier: MIT */
/*
 * arm64.h: the instructions of a site on AArch64, and their edits.
 *
 *	bl target	call
 *	b target	tail jump; a trampoline's slot
 *	nop		a call of nothing; a slot out of whose reach the target is
 *
 * These three are of the few that may be changed into one another while other
 * cores execute them: Arm ARM (DDI 0487), B2.2.5, "Concurrent modification and
 * execution of instructions".  ret is not, nor is mov: so a tail jump to nothing,
 * and any site that returns 0, go to the stubs in front of the trampoline.
 */
#include "aligned4.h"

#define ARCH_SYSCALLS	"arch/arm64-syscall.h"

/* C6.2: the opcode bits, of which the other 26 are a distance in words; nop. */
#define ARM64_B		UINT32_C(0x14000000)
#define ARM64_BL	UINT32_C(0x94000000)
#define ARM64_BRANCH	UINT32_C(0xfc000000)
#define ARM64_NOP	UINT32_C(0xd503201f)

/* +-128 MiB */
#define ARM64_REACH	(INT64_C(1) << 27)

/* Where the stubs stand, as plugin/target/aarch64.cc lays them out. */
#define ARM64_RETURN0	8	/* mov x0, #0; ret */
#define ARM64_RETURN	4	/* ret */

#define ARCH_ENTRY_READS	false

static inline uintptr_t arch_entry(uintptr_t target, uintptr_t tramp)
{
	(void)tramp;
	return target;
}

/*
 * arch_encode: the instruction of a site in @form.
 *
 *	            call               tail jump          slot of a trampoline
 *	compiled    bl __SCT__         b  __SCT__         nop
 *	TRAMP       the same           the same           nop
 *	DIRECT      bl target          b  target          b  target
 *	NOP         nop                b  __SCT__-4       nop
 *	RET0        bl __SCT__-8       b  __SCT__-8       nop
 *
 * A target out of reach makes it the trampoline, and @form say so; the
 * trampoline, and so the stubs, are in reach: the linker has resolved a branch.
 */
static inline uint64_t arch_encode(uintptr_t addr, enum arch_kind kind, enum form *form,
				   uintptr_t target, uintptr_t tramp)
{
	uint32_t opcode = kind == ARCH_CALL ? ARM64_BL : ARM64_B;
	uintptr_t to = target;
	int64_t distance;

	if (kind == ARCH_SLOT && *form != FORM_DIRECT)
		return ARM64_NOP;
	switch (*form) {
	case FORM_NOP:
		if (kind == ARCH_CALL)
			return ARM64_NOP;
		to = tramp - ARM64_RETURN;
		break;
	case FORM_RET0:
		to = tramp - ARM64_RETURN0;
		break;
	case FORM_TRAMP:
		to = tramp;
		break;
	case FORM_DIRECT:
		break;
	}
	distance = (int64_t)(to - addr);
	if (__builtin_expect(distance < -ARM64_REACH || distance >= ARM64_REACH || distance & 3, 0)) {
		*form = FORM_TRAMP;
		if (kind == ARCH_SLOT)
			return ARM64_NOP;
		distance = (int64_t)(tramp - addr);
	}
	return opcode | ((uint32_t)(distance >> 2) & ~ARM64_BRANCH);
}

/* Behind the landing pad, if the unit was compiled with one: bti c is hint #34. */
#define ARM64_BTI_C	UINT32_C(0xd503245f)

static inline uintptr_t arch_tramp_slot(uintptr_t tramp)
{
	const uint32_t *p = (const uint32_t *)tramp;

	p += *p == ARM64_BTI_C;
	return *p == ARM64_NOP || (*p & ARM64_BRANCH) == ARM64_B ? (uintptr_t)p : 0;
}

#include "nobodies.h"

/* Line by line, and at the end of each range barriers: some ten lines' worth. */
#define ARCH_FLUSH_GAP	512

static inline void arch_flush(uintptr_t lo, uintptr_t hi)
{
	__builtin___clear_cache((char *)lo, (char *)hi);
}

/* The probe is `movz w0, #imm16; ret`: C6.2, MOVZ. */
#define ARCH_PROBE_OLD	UINT32_C(0xc0de)
#define ARCH_PROBE_NEW	UINT32_C(0xcafe)

static inline arch_word_t arch_probe_value(uint32_t imm)
{
	return UINT32_C(0x52800000) | imm << 5;
}
