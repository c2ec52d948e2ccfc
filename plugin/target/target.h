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

/* The same for calls of functions of this type alone. */
const char *sc_target_no_direct_call_of(tree fntype);

/*
 * Assembly that makes the patchable part of the next instruction, a call or
 * jump, lie inside one word that one store can change; NULL where nothing is
 * needed.  It must not add an instruction of its own in a hot path where the
 * architecture allows that.
 */
const char *sc_target_align_site(rtx_insn *insn);

/*
 * Print the body of a trampoline: jump to what the pointer at @symbol + @offset
 * holds, return where it holds NULL.  @local: the symbol binds locally, else its
 * address comes from the GOT.
 */
void sc_target_print_tramp(FILE *f, const char *symbol, HOST_WIDE_INT offset,
			   bool local);

/* Switch the assembler to the syntax that the above is written in, and back. */
const char *sc_target_asm_enter(void);
const char *sc_target_asm_leave(void);

#endif
