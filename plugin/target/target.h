/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * target.h: all that the plugin has to know of a GCC back end.
 *
 * Each file in this folder implements these for one back end; the Makefile
 * links the one that the compiler was built for.
 */
#ifndef SC_TARGET_H
#define SC_TARGET_H

#include "../staticcall-plugin.h"

/*
 * Why no direct call to a trampoline can be emitted with the options of this
 * compilation; NULL where it can.
 */
const char *sc_target_no_direct_call(void);

/* The same for calls of functions of this type alone; @cond: if tolerant. */
const char *sc_target_no_direct_call_of(tree fntype, bool cond);

/*
 * What options and attributes of function @fndecl want of the branches in a trampoline
 * that it calls, if tolerant (@cond) or not; 0 if nothing.  What several functions want
 * is the one and the other.
 */
unsigned sc_target_hardening(tree fndecl, bool cond);

/* May sites of @fndecl be jumps, though some edit makes a return of those? */
bool sc_target_tail_call_p(tree fndecl, bool cond);

/*
 * May a trampoline, or what the linker puts in front of it, change hard register @regno?  And
 * may a function of the runtime, as any?
 */
bool sc_target_tramp_changes_p(unsigned regno);
bool sc_target_call_changes_p(unsigned regno);

/* Must @fndecl keep registers that the runtime's functions change, and no code for that exists? */
bool sc_target_keeps_registers_p(tree fndecl);

/*
 * Assembly that makes the patchable part of the next instruction, a call or
 * jump, lie inside one word that one store can change; NULL where nothing is
 * needed.  It must not add an instruction of its own in a hot path where the
 * architecture allows that.
 */
const char *sc_target_align_site(rtx_insn *insn);

/*
 * Must that be there before machine-dependent reorganization, which relies on what
 * everything measures from then on?
 */
bool sc_target_align_early(void);

/*
 * struct sc_site_text: how a site is written and recorded.
 * @before, @after: assembly around the instruction, or NULL.
 * @label_after: its label stands behind the instruction, in front of @after.
 * @offset: from the label to what the record shall point at.
 */
struct sc_site_text {
	const char *before, *after;
	bool label_after;
	int offset;
};

struct sc_site_text sc_target_site_text(rtx_insn *insn);

/*
 * Is the instruction of an asm statement with this @mnemonic, in lower case, a call of its
 * operand, or a jump there (@tail)?  Its length in bytes; 0 if it is neither.
 */
int sc_target_asm_branch(const std::string &mnemonic, bool *tail);

/*
 * Is the word in that place a prefix of the instruction whose mnemonic comes next?  And does
 * a comment to the end of the line begin at @s, if that is the @start of a statement or not?
 */
bool sc_target_asm_prefix(const char *word, size_t len);
bool sc_target_asm_comment(const char *s, bool start);

/* Can Linux, for the target as the options have it, have inline static calls? */
bool sc_target_kernel_p(void);

/* Does Linux's objtool read the tables of objects that it patches live, by their sh_entsize? */
bool sc_target_objtool_p(void);

/*
 * Print what stands in front of a trampoline's symbol, from an aligned address on:
 * its stubs, as runtime/arch/ expects them.
 */
void sc_target_print_stubs(FILE *f, const struct sc_slot *slot, unsigned harden);

/* Can trampolines have two slots for targets out of a branch's reach? */
bool sc_target_two_slot_p(void);

/*
 * Is a call by way of the GOT no worse than one by way of the PLT?  It can be made before
 * the program's PLT has been relocated, by what resolves an IFUNC, and its first time
 * takes no stack for the dynamic linker.
 */
bool sc_target_noplt_p(void);

/*
 * Print a trampoline: jump to what the pointer holds.  @cond: return where that is NULL,
 * instead of a fault as in C.  @harden: what callers want of its branches.
 */
void sc_target_print_tramp(FILE *f, const struct sc_slot *slot, bool cond, unsigned harden);

/*
 * The type of a function of the runtime that is of @fntype, with the calling convention that
 * the runtime is built with, whatever options say of this unit's functions.
 */
tree sc_target_runtime_type(tree fntype);

/* What staticcall.h has to know of such options, as -D has it; or NULL. */
const char *sc_target_macro(void);

/*
 * Print what a function begins with that is called through a pointer, if the unit's code
 * wants something there and a trampoline does not have it.
 */
void sc_target_print_landing_pad(FILE *f);

/* Switch the assembler to the syntax that the above is written in, and back. */
const char *sc_target_asm_enter(void);
const char *sc_target_asm_leave(void);

#endif
