/* SPDX-License-Identifier: MIT */
/*
 * arch.h: all that the runtime knows of instructions, one header an
 * architecture, each with the same names:
 *
 * arch_word_t		the word that one store can change, with an instruction in it
 * ARCH_WORD_NAME	what STATICCALL_POKE calls that: aligned4, aligned8
 * enum arch_kind	what stands at a site; ARCH_NONE is not to be touched;
 *			ARCH_SLOT, where there is one, is a trampoline's own instruction
 * ARCH_SITE_MAX	no site's instruction is longer
 * ARCH_SITE_BEFORE	how many bytes in front of it arch_decode() reads, if any
 * ARCH_ADDR_BITS	those bits of a site's address that say how to read it; if any
 * arch_one_word()	does all that changes lie in one arch_word_t?
 * arch_entry()		where to jump to for a target; 0 if only the trampoline may
 * ARCH_ENTRY_READS	it reads the target's code, so it is asked only for those
 *			in the code of the trampoline's DSO
 * arch_encode()	the bytes of a site in one of its forms
 * arch_word_at(), arch_word()	that word, and what it becomes with these bytes in it
 * arch_tramp_slot()	the ARCH_SLOT of a trampoline; 0 if it has none
 * ARCH_FLUSH_GAP, arch_flush()
 *			have instruction fetches see what was stored between two
 *			addresses; ranges that are closer than the gap become one
 * arch_probe_value(), ARCH_PROBE_OLD, ARCH_PROBE_NEW
 *			the word of the probe with which it returns this value
 *
 * with pieces of a trampoline that hold a target in several instructions, or else
 * from nobodies.h:
 *
 * ARCH_BODIES, ARCH_BODY_SIZE	how many, and the size of what changes of one
 * ARCH_BODY_FRONT	what is read in front of a trampoline to find them
 * arch_body()		where the nth one is, from 1, or 0
 * arch_body_holds()	is it really one?
 * arch_body_code()	what it consists of
 *
 * with a rule for what somebody else has written over a site:
 *
 * ARCH_LEAVES_FOREIGN	the word is all of the site, so it is left alone until it is ours
 *			again.  Else it makes an update impossible, but for a breakpoint
 *			that stands where no edit changes anything.
 * arch_is_site()	where it is left alone: is this word one that we write?
 * arch_holds()		where not: is a site in this form, or as it was compiled?
 * arch_opcode()	does more change from one form to another than arch_tail()?
 *
 * with breakpoints, or else from notrap.h:
 *
 * ARCH_BREAK		the breakpoint that stands at a site's address meanwhile
 * arch_head()		the byte that stands there else
 * arch_tail(), arch_tail_at()
 *			the four bytes that change behind it, and where they are
 * arch_may_trap()	may a handler emulate a call (no shadow stack)?
 * arch_trap_site()	the site whose breakpoint raised SIGTRAP, if it was one of ours
 * arch_trap_emulate()	what the instruction there would have done
 *
 * and in the source file of the architecture:
 *
 * arch_decode()	the kind of a site, proven from its bytes
 * arch_form()		the form that a site's bytes are in
 * arch_word_documented()	does this processor's vendor promise that one
 *			aligned store changes an instruction safely?
 * arch_probe_word, arch_probe()
 *			a function to be patched and executed
 *
 * and in a source file of its own:
 *
 * ARCH_SYSCALLS	the file that has the next two
 * arch_syscall()	a system call: what the kernel returns, an error as -errno.  The static
 *			library has it apart, to be replaced by a program that tests errors:
 *			-Wl,--wrap=__static_call_syscall
 * arch_clone()		clone(2): a thread with this end of its stack calls a function and
 *			ends, when the kernel clears @tid (CLONE_CHILD_CLEARTID)
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

#if defined(ARCH_HEADER) /* another machine's, to be tested on this one */
# include ARCH_HEADER
#elif (defined(__x86_64__) && !defined(__ILP32__)) || defined(__i386__)
# include "x86.h"
#elif defined(__aarch64__)
# include "arm64.h"
#elif defined(__riscv) && __riscv_xlen == 64
# include "riscv.h"
#elif defined(__s390x__)
# include "s390.h"
#elif defined(__powerpc__)
# include "powerpc.h"
#elif defined(__arm__) && !defined(__ARM_BIG_ENDIAN)
# include "arm.h"
#else
# error "libstaticcall has no support for this architecture; see runtime/arch/arch.h"
#endif

#ifndef ARCH_SITE_BEFORE
# define ARCH_SITE_BEFORE 0
#endif

/* For a function with variable arguments that are all pointers: what it need not save. */
#ifndef ARCH_SAVE_NO_VECTORS
# define ARCH_SAVE_NO_VECTORS
#endif

/*
 * For what the plugin makes of a store: a unit that makes no calls may have its stack aligned
 * less than the ABI says.
 */
#ifndef ARCH_ANY_STACK
# define ARCH_ANY_STACK
#endif

/* What libc has a thread known by. */
#ifndef ARCH_THREAD_POINTER
# define ARCH_THREAD_POINTER()	__builtin_thread_pointer()
#endif

#ifndef ARCH_ADDR_BITS
# define ARCH_ADDR_BITS	0
#endif

/* arch_word_holds: is @word, that of arch_word_at(), as arch_encode() says, or as compiled? */
static inline bool arch_word_holds(arch_word_t word, uintptr_t addr, enum arch_kind kind,
				   enum form form, uintptr_t target, uintptr_t tramp)
{
	enum form compiled = FORM_TRAMP;

	return word == arch_word(addr, kind, arch_encode(addr, kind, &form, target, tramp), word) ||
	       word == arch_word(addr, kind, arch_encode(addr, kind, &compiled, 0, tramp), word);
}

enum arch_kind arch_decode(uintptr_t addr, bool tail, uintptr_t tramp);
enum form arch_form(uintptr_t addr, enum arch_kind kind, uintptr_t tramp);

bool arch_word_documented(void);

extern arch_word_t arch_probe_word[];
long arch_probe(void);

long arch_syscall(long number, long a, long b, long c, long d, long e, long f)
	__asm__("__static_call_syscall");
long arch_clone(unsigned long flags, void *stack, uint32_t *tid, void (*fn)(void *arg), void *arg)
	__asm__("__static_call_clone");

#pragma GCC visibility pop

#endif
