/* SPDX-License-Identifier: MIT */
/*
 * riscv.h: the instructions of a site on riscv64, and their edits.
 *
 *	auipc ra, hi		auipc t1, hi		never changes
 *	jalr ra, lo(ra)		jalr x0, lo(t1)		to the trampoline: call, tail jump
 *	jal ra, target		jal x0, target		within 1 MiB
 *	nop						a call of nothing
 *
 * The site is the second instruction of the pair.  What the first one computes
 * is dead after either, so a thread that stands between the two is safe with
 * whatever the second has become.  A trampoline's slot is `jal x0` or `nop`.
 *
 * A fetch of four aligned bytes gets all of one store of them, or nothing:
 * extension Ziccif, which every application processor of a profile has (RISC-V
 * Profiles 1.0, RVA20U64, mandatory extensions).  When it gets them is said by
 * fence.i alone (Unprivileged ISA, chapter "Zifencei").
 */
#include "aligned4.h"

#define ARCH_SYSCALLS	"arch/riscv-syscall.h"

#define ARCH_SITE_BEFORE	4

/* Unprivileged ISA, chapter "RV32I Base Integer Instruction Set": opcodes, registers. */
#define RISCV_AUIPC	UINT32_C(0x17)
#define RISCV_JAL	UINT32_C(0x6f)
#define RISCV_JALR	UINT32_C(0x67)
#define RISCV_OPCODE	UINT32_C(0x7f)
#define RISCV_NOP	UINT32_C(0x13)
#define RISCV_RD(r)	((uint32_t)(r) << 7)
#define RISCV_RS1(r)	((uint32_t)(r) << 15)
#define RISCV_RA	1
#define RISCV_T1	6

/* +-1 MiB */
#define RISCV_REACH	(INT64_C(1) << 20)

/* Where the stubs stand, as plugin/target/riscv.cc lays them out. */
#define RISCV_RETURN0	8	/* li a0, 0; ret */
#define RISCV_RETURN	4	/* ret */

#define ARCH_ENTRY_READS	false

static inline uintptr_t arch_entry(uintptr_t target, uintptr_t tramp)
{
	(void)tramp;
	return target;
}

/* The first and the second instruction of the pair that goes from @addr - 4 to @tramp. */
static inline uint32_t riscv_auipc(uintptr_t addr, enum arch_kind kind, uintptr_t tramp)
{
	uint32_t distance = (uint32_t)(tramp - (addr - 4));

	return RISCV_AUIPC | RISCV_RD(kind == ARCH_CALL ? RISCV_RA : RISCV_T1) |
	       ((distance + 0x800) & UINT32_C(0xfffff000));
}

static inline uint32_t riscv_jalr(uintptr_t addr, enum arch_kind kind, uintptr_t tramp)
{
	uint32_t distance = (uint32_t)(tramp - (addr - 4));
	uint32_t regs = kind == ARCH_CALL ? RISCV_RD(RISCV_RA) | RISCV_RS1(RISCV_RA) :
					    RISCV_RS1(RISCV_T1);

	return RISCV_JALR | regs | distance << 20;
}

/* The distance's bits stand in the order 20, 10..1, 11, 19..12. */
static inline uint32_t riscv_jal(enum arch_kind kind, uint32_t distance)
{
	return RISCV_JAL | (kind == ARCH_CALL ? RISCV_RD(RISCV_RA) : 0) |
	       (distance & 0x100000) << 11 | (distance & 0x7fe) << 20 |
	       (distance & 0x800) << 9 | (distance & 0xff000);
}

/*
 * arch_encode: the instruction of a site in @form.
 *
 *	            call                  tail jump             slot of a trampoline
 *	in front    auipc ra, hi          auipc t1, hi                                never changes
 *	compiled    jalr  ra, lo(ra)      jalr  x0, lo(t1)      nop
 *	TRAMP       the same              the same              nop
 *	DIRECT      jal   ra, target      jal   x0, target      jal x0, target
 *	NOP         nop                   jal   x0, __SCT__-4   nop
 *	RET0        jal   ra, __SCT__-8   jal   x0, __SCT__-8   nop
 *
 * What is out of reach, target or stub, makes it the trampoline, and @form say
 * so; that one the pair reaches: the linker has resolved it.
 */
static inline uint64_t arch_encode(uintptr_t addr, enum arch_kind kind, enum form *form,
				   uintptr_t target, uintptr_t tramp)
{
	uintptr_t to = target;
	int64_t distance;

	if (kind == ARCH_SLOT && *form != FORM_DIRECT)
		return RISCV_NOP;
	switch (*form) {
	case FORM_NOP:
		if (kind == ARCH_CALL)
			return RISCV_NOP;
		to = tramp - RISCV_RETURN;
		break;
	case FORM_RET0:
		to = tramp - RISCV_RETURN0;
		break;
	case FORM_TRAMP:
		return riscv_jalr(addr, kind, tramp);
	case FORM_DIRECT:
		break;
	}
	distance = (int64_t)(to - addr);
	if (__builtin_expect(distance < -RISCV_REACH || distance >= RISCV_REACH || distance & 1, 0)) {
		*form = FORM_TRAMP;
		return kind == ARCH_SLOT ? RISCV_NOP : riscv_jalr(addr, kind, tramp);
	}
	return riscv_jal(kind, (uint32_t)distance);
}

static inline uintptr_t arch_tramp_slot(uintptr_t tramp)
{
	uint32_t insn;

	if (tramp & 3)
		return 0;
	insn = *(const uint32_t *)tramp;
	return insn == RISCV_NOP || (insn & (RISCV_OPCODE | RISCV_RD(31))) == RISCV_JAL ? tramp : 0;
}

#include "nobodies.h"

/* One system call cleans the caches of all cores whatever the range: riscv_flush_icache(2). */
#define ARCH_FLUSH_GAP	UINTPTR_MAX

static inline void arch_flush(uintptr_t lo, uintptr_t hi)
{
	__builtin___clear_cache((char *)lo, (char *)hi);
}

/* The probe is `lui a0, imm20; ret`. */
#define ARCH_PROBE_OLD	UINT32_C(0x0c0de000)
#define ARCH_PROBE_NEW	UINT32_C(0x0cafe000)

static inline arch_word_t arch_probe_value(uint32_t imm)
{
	return UINT32_C(0x37) | RISCV_RD(10) | imm;
}
