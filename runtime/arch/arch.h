/* SPDX-License-Identifier: MIT */
/*
 * arch.h: all that the runtime knows of instructions, one header an
 * architecture, each with the same names:
 *
 * enum arch_kind	what stands at a site; ARCH_NONE is not to be touched
 * ARCH_BREAK		the breakpoint that stands for byte 0 meanwhile
 * ARCH_SITE_MAX	no site's instruction is longer
 * arch_one_word()	does all that changes lie in one aligned 8-byte word?
 * arch_reach()		can a site jump from here to there?
 * arch_encode()	the bytes of a site in one of its forms
 * arch_word_at(), arch_word()	that word, and what it becomes with these bytes in it
 * arch_head(), arch_tail(), arch_tail_at()
 *			byte 0 of a site; the other bytes that change
 *
 * and in the source file of the architecture:
 *
 * arch_decode()	the kind of a site, proven from its bytes
 * arch_form()		the form that a site's bytes are in
 * arch_trap_address()	the address of the breakpoint that raised SIGTRAP
 * arch_trap_emulate()	what the instruction there would have done
 * arch_may_trap()	may a handler emulate a call (no shadow stack)?
 * arch_word_documented()	does this processor's vendor promise that one
 *			aligned store changes an instruction safely?
 * arch_probe_word, arch_probe(), arch_probe_value(), ARCH_PROBE_*
 *			a function to be patched and executed
 * arch_return_stub()	a function that does nothing
 *
 * A site is safe to change at once where an executing thread sees the whole old
 * or the whole new instruction; which edits are, differs by architecture, and
 * that is why nobody outside of this folder forms instruction bytes.
 */
#ifndef STATICCALL_ARCH_H
#define STATICCALL_ARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a site does: the states of staticcall.h, in their order. */
enum form {
	FORM_TRAMP,
	FORM_DIRECT,
	FORM_NOP,
	FORM_RET0,
};

#pragma GCC visibility push(hidden)

/* Does nothing: what a site that cannot hold "nothing" jumps to. */
void arch_return_stub(void);

#if defined(__x86_64__)
# include "x86.h"
#else
# error "libstaticcall has no support for this architecture; see runtime/arch/arch.h"
#endif

enum arch_kind arch_decode(uintptr_t addr, bool tail, uintptr_t tramp);
enum form arch_form(uintptr_t addr, enum arch_kind kind, uintptr_t tramp);

uintptr_t arch_trap_address(const void *ucontext);
void arch_trap_emulate(void *ucontext, uintptr_t addr, enum arch_kind kind, uintptr_t tramp);

bool arch_may_trap(void);
bool arch_word_documented(void);

extern uint64_t arch_probe_word[];
long arch_probe(void);

#pragma GCC visibility pop

#endif
