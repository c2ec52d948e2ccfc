/* SPDX-License-Identifier: MIT */
/*
 * notrap.h: for architectures whose sites one store changes as a whole, so that
 * no breakpoint ever stands in for an instruction.  Nothing here is executed.
 */
enum arch_kind {
	ARCH_NONE,
	ARCH_CALL,
	ARCH_JMP,
	ARCH_SLOT,
};

#define ARCH_BREAK	0

static inline bool arch_may_trap(void)
{
	return false;
}

static inline uint8_t arch_head(uint64_t insn, enum arch_kind kind)
{
	(void)insn;
	(void)kind;
	return 0;
}

static inline uint32_t arch_tail(uint64_t insn, enum arch_kind kind)
{
	(void)kind;
	return (uint32_t)insn;
}

static inline uintptr_t arch_tail_at(uintptr_t addr, enum arch_kind kind)
{
	(void)kind;
	return addr;
}

static inline uintptr_t arch_trap_site(const void *ucontext)
{
	(void)ucontext;
	return 0;
}

static inline void arch_trap_emulate(void *ucontext, uintptr_t addr, enum arch_kind kind,
				     uintptr_t tramp)
{
	(void)ucontext;
	(void)addr;
	(void)kind;
	(void)tramp;
}
