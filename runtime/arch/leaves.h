/* SPDX-License-Identifier: MIT */
/*
 * leaves.h: for architectures whose sites are changed as whole words.
 *
 * A debugger's breakpoint, or another patcher's instruction, stands there in place of
 * the whole site, and to store over it would be to undo it.  So such a site is left
 * alone.
 */
#define ARCH_LEAVES_FOREIGN	true

bool arch_is_site(uintptr_t addr, enum arch_kind kind, arch_word_t word);

/* Nobody asks: what is not ours is left alone. */
static inline bool arch_holds(uintptr_t addr, enum arch_kind kind, enum form form,
			      uintptr_t target, uintptr_t tramp)
{
	(void)addr;
	(void)kind;
	(void)form;
	(void)target;
	(void)tramp;
	return true;
}

static inline bool arch_opcode(enum form from, enum form to)
{
	(void)from;
	(void)to;
	return true;
}
