/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * riscv.cc: RISC-V, LP64.
 */
#define INCLUDE_STRING
#include "target.h"
#include "staticcall/abi.h"

const char *sc_target_no_direct_call(void)
{
	return TARGET_64BIT ? NULL : "riscv32 is not supported";
}

const char *sc_target_no_direct_call_of(tree, bool)
{
	return NULL;
}

unsigned sc_target_hardening(tree, bool)
{
	return 0;
}

bool sc_target_tail_call_p(tree, bool)
{
	return true;
}

/*
 * A call is two words, auipc and jalr, and one store changes the second.  With
 * compressed instructions it may stand at any even address; the assembler then
 * leaves the final number of bytes here to a linker that removes others before.
 */
const char *sc_target_align_site(rtx_insn *insn)
{
	/* Where a text has switched compressed instructions off, the assembler aligns nothing. */
	if (TARGET_RVC && (!insn || !CALL_P(insn)))
		return "\t.option push\n\t.option rvc\n\t.balign 4\n\t.option pop";
	return "\t.balign 4";
}

bool sc_target_align_early(void)
{
	return false;
}

/* The linker is not to make one instruction, or a compressed one, of the two. */
struct sc_site_text sc_target_site_text(rtx_insn *)
{
	struct sc_site_text text = sc_site_text();

	text.before = "\t.option push\n\t.option norelax";
	text.after = "\t.option pop";
	text.offset = 4;
	return text;
}

/* Those that become a pair.  A jal or a j alone cannot be given back its target. */
int sc_target_asm_branch(const std::string &mnemonic, bool *tail)
{
	*tail = mnemonic == "tail";
	return *tail || mnemonic == "call" ? 8 : 0;
}

bool sc_target_asm_prefix(const char *, size_t)
{
	return false;
}

bool sc_target_asm_comment(const char *s, bool)
{
	return *s == '#';
}

bool sc_target_kernel_p(void)
{
	return true;
}

bool sc_target_objtool_p(void)
{
	return false;
}

bool sc_target_tramp_changes_p(unsigned regno)
{
	return regno == GP_REG_FIRST + 6;
}

/* ELF psABI, "Register Convention". */
bool sc_target_call_changes_p(unsigned regno)
{
	const unsigned n = regno % 32;

	return (GP_REG_P(regno) || FP_REG_P(regno))
	       && (IN_RANGE(n, 10, 17) || IN_RANGE(n, 28, 31)
		   || (GP_REG_P(regno) ? IN_RANGE(n, 5, 7) : n < 8));
}

/* What handles an interrupt saves all that what it calls may change. */
bool sc_target_keeps_registers_p(tree)
{
	return false;
}

/* What sites go to that cannot hold it: runtime/arch/riscv.h. */
void sc_target_print_stubs(FILE *f, const struct sc_slot *, unsigned)
{
	fputs("\tnop\n"
	      "\tnop\n"
	      "\tli\ta0, 0\n"
	      "\tret\n", f);
}

/*
 * t1 is what the pair of a tail call has overwritten anyway; t0 may be the return
 * address of a millicode call, t2 is the static chain.  A load from a symbol is
 * relative to the program counter in every code model.
 */
void sc_target_print_tramp(FILE *f, const struct sc_slot *slot, bool cond, unsigned)
{
	fputs("\tnop\n", f);
	if (slot->local)
		fprintf(f, "\tld\tt1, %s+" HOST_WIDE_INT_PRINT_DEC "\n",
			sc_asm_name(slot->var), slot->offset);
	else	/* The key begins with the pointer's address. */
		fprintf(f, "\tld\tt1, " STATIC_CALL_KEY_PREFIX "%s\n"
			"\tld\tt1, 0(t1)\n", sc_slot_symbol(slot, cond));
	if (cond)
		fputs("\tbeqz\tt1, 1f\n", f);
	fputs("\tjr\tt1\n", f);
	if (cond)
		fputs("1:\tret\n", f);
}

/* Trampolines are words at known distances: not compressed, nor moved together. */
bool sc_target_two_slot_p(void)
{
	return false;
}

bool sc_target_noplt_p(void)
{
	return false;
}

tree sc_target_runtime_type(tree fntype)
{
	return fntype;
}

const char *sc_target_macro(void)
{
	return NULL;
}

void sc_target_print_landing_pad(FILE *)
{
}

const char *sc_target_asm_enter(void)
{
	return "\t.option push\n\t.option norvc\n\t.option norelax\n";
}

const char *sc_target_asm_leave(void)
{
	return "\t.option pop\n";
}
