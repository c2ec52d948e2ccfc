/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * s390.cc: z/Architecture, 64 bits.
 */
#define INCLUDE_STRING
#include "target.h"
#include "staticcall/abi.h"

static bool thunk_p(enum indirect_branch option)
{
	return option != indirect_branch_unset && option != indirect_branch_keep;
}

/* Does the attribute @name of @fndecl want a thunk, or else the option of that name? */
static bool wants_thunk(tree fndecl, const char *name, enum indirect_branch option)
{
	tree attribute = lookup_attribute(name, DECL_ATTRIBUTES(fndecl));

	if (!attribute)
		return thunk_p(option);
	return strcmp(TREE_STRING_POINTER(TREE_VALUE(TREE_VALUE(attribute))), "keep");
}

/* All branches of a trampoline or none, to be right for any two units. */
unsigned sc_target_hardening(tree fndecl, bool)
{
	return wants_thunk(fndecl, "indirect_branch", s390_indirect_branch)
	       || wants_thunk(fndecl, "indirect_branch_jump", s390_indirect_branch_jump)
	       || wants_thunk(fndecl, "indirect_branch_call", s390_indirect_branch_call)
	       || wants_thunk(fndecl, "function_return", s390_function_return)
	       || wants_thunk(fndecl, "function_return_reg", s390_function_return_reg)
	       || wants_thunk(fndecl, "function_return_mem", s390_function_return_mem);
}

bool sc_target_tail_call_p(tree, bool)
{
	return true;
}

const char *sc_target_no_direct_call(void)
{
	if (!TARGET_64BIT)
		return "-m31 is not supported";
	/* An execute instruction would need one more register for its operand. */
	if (!TARGET_CPU_Z10 && sc_target_hardening(current_function_decl, false))
		return "a trampoline that jumps by a thunk needs -march=z10";
	return NULL;
}

const char *sc_target_no_direct_call_of(tree, bool)
{
	return NULL;
}

/*
 * The distance, bytes 2 to 5, is what changes; it crosses the boundary of a
 * doubleword where the instruction begins at 4 modulo 8.  Then there are 4 bytes
 * to the next one.  From 6 on, where 2 would do no harm and no good, the padding
 * comes too: an assembler cannot be told otherwise.
 */
const char *sc_target_align_site(rtx_insn *)
{
	/* There all other processors are stopped meanwhile. */
	if (sc_options.kernel)
		return NULL;
	return "\t.p2align 3,,4";
}

bool sc_target_align_early(void)
{
	return false;
}

struct sc_site_text sc_target_site_text(rtx_insn *)
{
	return sc_site_text();
}

/*
 * Where options want no branch to be predicted that jumps to what a register holds,
 * execute one that is not in the way.  GCC's own thunks are not in every unit.
 */
static void print_branch(FILE *f, const char *reg, unsigned harden)
{
	if (harden)
		fprintf(f, "\texrl\t%%r0, 3f\n"
			"2:\tj\t2b\n"
			"3:\tbr\t%s\n", reg);
	else
		fprintf(f, "\tbr\t%s\n", reg);
}

int sc_target_asm_branch(const std::string &mnemonic, bool *tail)
{
	*tail = mnemonic == "jg";
	return *tail || mnemonic == "brasl" || mnemonic == "jasl" ? 6 : 0;
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
	return regno == 1;
}

/* ELF ABI Supplement, "Register Preservation Rules". */
bool sc_target_call_changes_p(unsigned regno)
{
	/* Of the others f8 to f15 come last. */
	return regno <= 5 || IN_RANGE(regno, FPR0_REGNUM, FPR0_REGNUM + 7)
	       || VECTOR_NOFP_REGNO_P(regno);
}

/* What handles an interrupt saves all that what it calls may change. */
bool sc_target_keeps_registers_p(tree)
{
	return false;
}

/* What sites go to: runtime/arch/s390.h.  A thunk's 12 bytes fill what is there. */
void sc_target_print_stubs(FILE *f, const struct sc_slot *, unsigned harden)
{
	fputs("\tlghi\t%r2, 0\n", f);
	print_branch(f, "%r14", harden);
	fputs("\t.balign 16, 7\n", f);
}

/*
 * r1 is nobody's at a call: r0 is the static chain, arguments begin at r2.  A load
 * relative to the program counter would want its operand aligned.
 */
void sc_target_print_tramp(FILE *f, const struct sc_slot *slot, bool cond, unsigned harden)
{
	if (slot->local)
		fprintf(f, "\tlarl\t%%r1, %s+" HOST_WIDE_INT_PRINT_DEC "\n",
			sc_asm_name(slot->var), slot->offset);
	else	/* The key begins with the pointer's address. */
		fprintf(f, "\tlarl\t%%r1, " STATIC_CALL_KEY_PREFIX "%s\n"
			"\tlg\t%%r1, 0(%%r1)\n", sc_slot_symbol(slot, cond));
	fputs("\tlg\t%r1, 0(%r1)\n", f);
	if (cond)
		fputs("\tltgr\t%r1, %r1\n"
		      "\tje\t1f\n", f);
	print_branch(f, "%r1", harden);
	if (!cond)
		return;
	fputs("1:", f);
	print_branch(f, "%r14", harden);
}

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
	return "";
}

const char *sc_target_asm_leave(void)
{
	return "";
}
