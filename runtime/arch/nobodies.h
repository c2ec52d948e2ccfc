/* SPDX-License-Identifier: MIT */
/*
 * nobodies.h: for architectures whose trampolines hold no target in several
 * instructions, so that nothing here is executed.
 */
#define ARCH_BODIES	0
#define ARCH_BODY_SIZE	4
#define ARCH_BODY_FRONT	0

static inline uintptr_t arch_body(uintptr_t tramp, unsigned int n)
{
	(void)tramp;
	(void)n;
	return 0;
}

static inline bool arch_body_holds(uintptr_t body)
{
	(void)body;
	return false;
}

static inline void arch_body_code(uint32_t code[ARCH_BODY_SIZE / 4], uintptr_t target)
{
	(void)code;
	(void)target;
}
