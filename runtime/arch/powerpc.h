/* SPDX-License-Identifier: MIT */
/*
 * powerpc.h: the instructions of a site on PowerPC, and their edits.
 *
 *	bl target	call
 *	b target	tail jump; a trampoline's slot
 *	nop		a call of nothing; a slot out of whose reach the target is
 *
 * Only these, the relative branches of I-form and the preferred no-op, may be
 * changed into one another while other cores execute them: Power ISA, Book II,
 * "Concurrent Modification and Execution of Instructions", the patch class.  blr is
 * not one of them, nor is li: so a tail jump to nothing, and any site that returns
 * 0, go to the stubs in front of the trampoline.
 */
#include "aligned4.h"

#define ARCH_SYSCALLS	"arch/powerpc-syscall.h"

/* ABIs of both, "Thread-Local Storage": GCC has no built-in function for it. */
#ifdef __powerpc64__
# define PPC_THREAD	"13"
#else
# define PPC_THREAD	"2"
#endif
#define ARCH_THREAD_POINTER()	__extension__ ({					\
		void *ppc_thread;						\
		__asm__("mr %0," PPC_THREAD : "=r"(ppc_thread));		\
		ppc_thread;							\
	})

/* Book I, "Branch Instructions": opcode, AA and LK; the other 24 bits: a distance in words. */
#define PPC_B		UINT32_C(0x48000000)
#define PPC_BL		UINT32_C(0x48000001)
#define PPC_BRANCH	UINT32_C(0xfc000003)
/* ori 0,0,0 */
#define PPC_NOP		UINT32_C(0x60000000)

/* +-32 MiB */
#define PPC_REACH	(INT64_C(1) << 25)

/* Where the stubs stand, as plugin/target/rs6000.cc lays them out. */
#define PPC_RETURN0	12	/* li r3, 0; li r4, 0; blr */
#define PPC_RETURN	4	/* blr */

/* From a function's address to where those with its TOC pointer enter. */
#ifdef __powerpc64__
# define PPC_LOCAL	8
#else
# define PPC_LOCAL	0
#endif

#ifdef __powerpc64__
# define ARCH_SITE_BEFORE	4
# define ARCH_ENTRY_READS	true
uintptr_t arch_entry(uintptr_t target, uintptr_t tramp);
#else
# define ARCH_ENTRY_READS	false
static inline uintptr_t arch_entry(uintptr_t target, uintptr_t tramp)
{
	(void)tramp;
	return target;
}
#endif

/*
 * arch_encode: the instruction of a site in @form.
 *
 *	            call               tail jump          slot of a trampoline
 *	compiled    bl __SCT__+local   b  __SCT__         nop
 *	TRAMP       the same           the same           nop
 *	DIRECT      bl target          b  target          b  target, or a body
 *	NOP         nop                b  __SCT__-4       nop
 *	RET0        bl __SCT__-12      b  __SCT__-12      nop
 *
 * A target out of reach makes it the trampoline, and @form say so; the
 * trampoline, and so the stubs, are in reach: the linker has resolved a branch.
 */
static inline uint64_t arch_encode(uintptr_t addr, enum arch_kind kind, enum form *form,
				   uintptr_t target, uintptr_t tramp)
{
	uint32_t opcode = kind == ARCH_CALL ? PPC_BL : PPC_B;
	uintptr_t to = target;
	intptr_t distance;

	if (kind == ARCH_SLOT && *form != FORM_DIRECT)
		return PPC_NOP;
	switch (*form) {
	case FORM_NOP:
		if (kind == ARCH_CALL)
			return PPC_NOP;
		to = tramp - PPC_RETURN;
		break;
	case FORM_RET0:
		to = tramp - PPC_RETURN0;
		break;
	case FORM_TRAMP:
		to = tramp + PPC_LOCAL;
		break;
	case FORM_DIRECT:
		break;
	}
	distance = (intptr_t)(to - addr);
	if (__builtin_expect(distance < -PPC_REACH || distance >= PPC_REACH || distance & 3, 0)) {
		*form = FORM_TRAMP;
		if (kind == ARCH_SLOT)
			return PPC_NOP;
		distance = (intptr_t)(tramp + PPC_LOCAL - addr);
	}
	return opcode | ((uint32_t)distance & ~PPC_BRANCH);
}

static inline uintptr_t arch_tramp_slot(uintptr_t tramp)
{
	uintptr_t at = tramp + PPC_LOCAL;
	uint32_t insn = *(const uint32_t *)at;

	return insn == PPC_NOP || (insn & PPC_BRANCH) == PPC_B ? at : 0;
}

#ifdef __powerpc64__
# include "nobodies.h"
#else
/*
 * Trampolines with two slots: lis r12; addi r12, which change, then a jump to it.
 * In front of the stubs are branches to the slots, which nobody executes, the first
 * one's last.
 */
# define ARCH_BODIES	2
# define ARCH_BODY_SIZE	8
# define ARCH_BODY_FRONT (PPC_RETURN0 + 4 * ARCH_BODIES)

# define PPC_LIS_12	UINT32_C(0x3d800000)
# define PPC_ADDI_12_12	UINT32_C(0x398c0000)

uintptr_t arch_body(uintptr_t tramp, unsigned int n);
bool arch_body_holds(uintptr_t body);

/*
 *	body        lis  r12, target@ha		changes
 *	            addi r12, r12, target@l	changes
 *	            mtctr r12; bctr
 */
static inline void arch_body_code(uint32_t code[ARCH_BODY_SIZE / 4], uintptr_t target)
{
	/* addi adds a signed half. */
	code[0] = PPC_LIS_12 | (uint32_t)((target + 0x8000) >> 16 & 0xffff);
	code[1] = PPC_ADDI_12_12 | (uint32_t)(target & 0xffff);
}
#endif

/* Block by block, and barriers for each range: some ten blocks' worth. */
#define ARCH_FLUSH_GAP	512

void arch_flush(uintptr_t lo, uintptr_t hi);

/* The probe is `li r3, imm; blr`; the immediate is signed. */
#define ARCH_PROBE_OLD	UINT32_C(0x40de)
#define ARCH_PROBE_NEW	UINT32_C(0x4afe)

static inline arch_word_t arch_probe_value(uint32_t imm)
{
	return UINT32_C(0x38600000) | imm;
}
