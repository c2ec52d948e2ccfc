/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * x86.cc: x86-64 and i386.
 */
#define INCLUDE_STRING
#include "target.h"
#include "staticcall/abi.h"

const char *sc_target_no_direct_call(void)
{
	if (TARGET_X32)
		return "x32 is not supported";
	if (TARGET_CODE16)
		return "-m16 is not supported";
	if (ix86_cmodel == CM_LARGE || ix86_cmodel == CM_LARGE_PIC)
		return "-mcmodel=large has no direct calls";
	if (flag_force_indirect_call)
		return "-mforce-indirect-call wants no direct calls";
	return NULL;
}

/* Retpolines: no bare indirect jump may remain, in a trampoline neither; nor a return. */
enum {
	JUMP_THUNK = 1,
	JUMP_EXTERN = 2,
	RETURN_THUNK = 4,
	RETURN_EXTERN = 8,
};

/* What the attribute @name of @fndecl says, or else the option of that name. */
static unsigned thunk(tree fndecl, const char *name, enum indirect_branch option,
		      unsigned own, unsigned other)
{
	tree attribute = lookup_attribute(name, DECL_ATTRIBUTES(fndecl));

	if (!attribute)
		return option == indirect_branch_thunk_extern ? other
		       : option == indirect_branch_thunk || option == indirect_branch_thunk_inline
		       ? own : 0;

	const char *value = TREE_STRING_POINTER(TREE_VALUE(TREE_VALUE(attribute)));

	return !strcmp(value, "thunk-extern") ? other : strcmp(value, "keep") ? own : 0;
}

static unsigned jump_thunk(tree fndecl)
{
	return thunk(fndecl, "indirect_branch", ix86_indirect_branch, JUMP_THUNK, JUMP_EXTERN);
}

static unsigned return_thunk(tree fndecl)
{
	return thunk(fndecl, "function_return", ix86_function_return, RETURN_THUNK, RETURN_EXTERN);
}

bool sc_target_tramp_changes_p(unsigned regno)
{
	return regno == (TARGET_64BIT ? R11_REG : AX_REG);
}

/* psABI of x86-64, 3.2.1; of i386, 2.2.1. */
bool sc_target_call_changes_p(unsigned regno)
{
	if (regno == AX_REG || regno == DX_REG || regno == CX_REG)
		return true;
	if (TARGET_64BIT && (regno == SI_REG || regno == DI_REG
			     || IN_RANGE(regno, R8_REG, R11_REG)))
		return true;
	return SSE_REGNO_P(regno) || MMX_REGNO_P(regno) || MASK_REGNO_P(regno);
}

/* GCC manual, "x86 Function Attributes": such functions save general registers alone. */
bool sc_target_keeps_registers_p(tree fndecl)
{
	tree attributes = TYPE_ATTRIBUTES(TREE_TYPE(fndecl));

	return lookup_attribute("no_caller_saved_registers", attributes)
	       || lookup_attribute("interrupt", attributes);
}

const char *sc_target_no_direct_call_of(tree fntype, bool cond)
{
	tree attributes = TYPE_ATTRIBUTES(fntype);

	if (lookup_attribute("no_caller_saved_registers", attributes))
		return "its caller needs the register that a trampoline uses";
	if ((flag_cf_protection & CF_BRANCH) && lookup_attribute("nocf_check", attributes))
		return "its target may lack the mark that an indirect jump needs";
	if (TARGET_64BIT)
		return NULL;

	/* i386 psABI 2.2.3: also who returns a structure in memory removes its address. */
	if (cond && known_ne(targetm.calls.return_pops_args(NULL_TREE, fntype, UNITS_PER_WORD), 0))
		return "its target removes arguments from the stack, and where the pointer is "
		       "NULL nobody would";

	tree regparm = lookup_attribute("regparm", attributes);

	/* With a variable number of arguments all of them are on the stack. */
	if ((regparm ? tree_to_uhwi(TREE_VALUE(TREE_VALUE(regparm))) : ix86_regparm)
	    && !stdarg_p(fntype))
		return "the register that a trampoline uses holds its first argument";
	return NULL;
}

/*
 * In front of each opcode byte stands a prefix that changes nothing, for the breakpoints
 * of whoever else writes to the text: runtime/arch/x86.h.
 *
 * Behind a directive or a prefix the assembler inserts nothing, whatever it has been told
 * (-malign-branch, -mbranches-within-32B-boundaries), so both stay together.  With
 * -mlfence-before-ret and -mlfence-before-indirect-branch older versions of GNU as (2.40
 * is one) warn of a directive, though none of the kind is behind it; but all of them warn of
 * an addr32 that stands alone, with any options.
 */
#define BYTE_0_64	"\t.byte 0x67"
#define BYTE_0_32	"\tgs"

/*
 * The opcode and the four bytes after it may be changed by one store of an
 * aligned 8-byte word, so they start at most 3 bytes into one; of a conditional
 * jump only the four bytes of its distance, after two of opcode.  The bytes that
 * this skips become prefixes of the call itself: no instruction is added.  But not
 * on i386, where valgrind takes no more than one.
 *
 * A kernel changes instructions by way of a breakpoint, wherever they stand.
 */
const char *sc_target_align_site(rtx_insn *insn)
{
	if (sc_options.kernel)
		return NULL;
	if (!TARGET_64BIT)
		return JUMP_P(insn) ? "\t.p2align 3,,6\n" BYTE_0_32 : "\t.p2align 3,,5\n" BYTE_0_32;
	return JUMP_P(insn) ? BYTE_0_64 "\n\t.p2align 3,0x67,5"
			    : BYTE_0_64 "\n\t.p2align 3,0x67,4";
}

/* What no call needs: psABI of x86-64, 3.2.3; of i386, 2.2.3 and table 2.3. */
static const char *scratch(void)
{
	return TARGET_64BIT ? "r11" : "eax";
}

/* A trampoline that returns has both or none, to be right for any two units. */
unsigned sc_target_hardening(tree fndecl, bool cond)
{
	unsigned jump = jump_thunk(fndecl), ret = return_thunk(fndecl);

	if (!cond && (TARGET_64BIT || !flag_pic))
		return jump;
	if (ret && !jump)
		jump = JUMP_THUNK;
	if (jump && !ret)
		ret = RETURN_THUNK;
	return jump | ret;
}

/* With nothing to call, a jump becomes a return. */
bool sc_target_tail_call_p(tree fndecl, bool cond)
{
	return !cond || !return_thunk(fndecl);
}

/* Nothing runs past an indirect jump or a return, not speculatively. */
static void print_end(FILE *f)
{
	fputs("\tint3\n", f);
}

/* Jump to what the scratch register holds. */
static void print_jump(FILE *f, unsigned harden)
{
	if (harden & JUMP_THUNK)
		fprintf(f, "\tcall\t3f\n"
			"2:\tpause\n"
			"\tlfence\n"
			"\tjmp\t2b\n"
			"3:\t.cfi_adjust_cfa_offset %d\n"
			"\tmov\t%%%s, (%%%s)\n"
			"\tret\n"
			"\t.cfi_adjust_cfa_offset -%d\n",
			UNITS_PER_WORD, scratch(), TARGET_64BIT ? "rsp" : "esp",
			UNITS_PER_WORD);
	else if (harden & JUMP_EXTERN)
		fprintf(f, "\tjmp\t__x86_indirect_thunk_%s\n", scratch());
	else
		fprintf(f, "\tjmp\t*%%%s\n", scratch());
	print_end(f);
}

/* GCC's own thunk is not in every unit. */
static void print_return(FILE *f, unsigned harden)
{
	if (harden & RETURN_THUNK)
		fprintf(f, "\tcall\t7f\n"
			"6:\tpause\n"
			"\tlfence\n"
			"\tjmp\t6b\n"
			"7:\t.cfi_adjust_cfa_offset %d\n"
			"\tlea\t%d(%%%s), %%%s\n"
			"\t.cfi_adjust_cfa_offset -%d\n"
			"\tret\n",
			UNITS_PER_WORD, UNITS_PER_WORD, TARGET_64BIT ? "rsp" : "esp",
			TARGET_64BIT ? "rsp" : "esp", UNITS_PER_WORD);
	else if (harden & RETURN_EXTERN)
		fputs("\tjmp\t__x86_return_thunk\n", f);
	else
		fputs("\tret\n", f);
	print_end(f);
}

bool sc_target_align_early(void)
{
	return false;
}

struct sc_site_text sc_target_site_text(rtx_insn *)
{
	struct sc_site_text text = sc_site_text();

	/*
	 * The kernel's sites have nothing in front of them: then the assembler may insert
	 * something there, if it is told to align branches, but nothing behind them.
	 */
	if (sc_options.kernel) {
		text.label_after = true;
		text.offset = -5;
	/* Else it comes with the alignment. */
	} else if (!sc_options.align) {
		text.before = TARGET_64BIT ? BYTE_0_64 : BYTE_0_32;
	}
	return text;
}

int sc_target_asm_branch(const std::string &mnemonic, bool *tail)
{
	*tail = mnemonic[0] == 'j';
	/* jrcxz and the like have one byte for the distance. */
	if (*tail && mnemonic.find("cxz") != std::string::npos)
		return 0;
	if (*tail && !startswith(mnemonic.c_str(), "jmp"))
		return 6;
	return *tail || mnemonic == "call" || mnemonic == "callq" ? 5 : 0;
}

/* GNU assembler, "i386-Prefixes". */
bool sc_target_asm_prefix(const char *word, size_t len)
{
	static const char *const prefixes[] = {
		"cs", "ds", "es", "fs", "gs", "ss", "data16", "data32", "addr16", "addr32", "rex64",
		"bnd", "notrack", "lock", "rep", "repe", "repz", "repne", "repnz",
	};

	if (len > 4 && !strncasecmp(word, "rex.", 4))
		return true;
	for (const char *prefix : prefixes)
		if (strlen(prefix) == len && !strncasecmp(prefix, word, len))
			return true;
	return false;
}

/* GNU assembler, "i386-Chars"; on Linux a slash divides, but where a line begins. */
bool sc_target_asm_comment(const char *s, bool start)
{
	return *s == '#' || (start && *s == '/');
}

bool sc_target_kernel_p(void)
{
	return TARGET_64BIT;
}

bool sc_target_objtool_p(void)
{
	return true;
}

/* A site holds a return by itself. */
void sc_target_print_stubs(FILE *, const struct sc_slot *, unsigned)
{
}

/* By one instruction: jump to what is in memory, which no register has to hold. */
static bool from_memory_p(unsigned harden)
{
	return !(harden & (JUMP_THUNK | JUMP_EXTERN)) && !ix86_indirect_branch_register;
}

/*
 * Load from @place to the scratch register or, @jump, go to what is there.  That
 * faults where it is NULL, as a call of C does.
 */
static void use(FILE *f, const char *place, bool jump)
{
	if (jump)
		fprintf(f, "\tjmp\t*%s\n"
			"\tint3\n", place);
	else
		fprintf(f, "\tmov\t%s, %%%s\n", place, scratch());
}

/*
 * r11 alone is nobody's at a call: no argument, no static chain (r10), no count
 * of vector registers (al).
 */
static void use64(FILE *f, const struct sc_slot *slot, bool jump)
{
	const char *symbol = sc_asm_name(slot->var);
	char *place;

	if (slot->local && ix86_cmodel != CM_MEDIUM && ix86_cmodel != CM_MEDIUM_PIC) {
		place = xasprintf("%s+" HOST_WIDE_INT_PRINT_DEC "(%%rip)", symbol, slot->offset);
	} else {
		fprintf(f, "\tmovq\t%s@GOTPCREL(%%rip), %%r11\n", symbol);
		place = xasprintf(HOST_WIDE_INT_PRINT_DEC "(%%r11)", slot->offset);
	}
	use(f, place, jump);
	free(place);
}

/*
 * eax, where it holds no argument.  Position independent code finds its place by a
 * call, to a function of the trampoline's own; and what is not local by the key,
 * which begins with the pointer's address: no register is left for the GOT's.
 */
static void use32(FILE *f, const struct sc_slot *slot, bool cond, bool jump)
{
	const char *symbol = sc_asm_name(slot->var);
	char *place;

	if (!flag_pic && slot->local) {
		place = xasprintf("%s+" HOST_WIDE_INT_PRINT_DEC, symbol, slot->offset);
	} else if (slot->local) {
		fputs("\tcall\t4f\n5:", f);
		place = xasprintf("%s+" HOST_WIDE_INT_PRINT_DEC "-5b(%%eax)", symbol, slot->offset);
	} else if (!flag_pic) {
		fprintf(f, "\tmovl\t" STATIC_CALL_KEY_PREFIX "%s, %%eax\n", sc_slot_symbol(slot, cond));
		place = xstrdup("(%eax)");
	} else {
		fprintf(f, "\tcall\t4f\n"
			"5:\tmovl\t" STATIC_CALL_KEY_PREFIX "%s-5b(%%eax), %%eax\n",
			sc_slot_symbol(slot, cond));
		place = xstrdup("(%eax)");
	}
	use(f, place, jump);
	free(place);
}

static void print_place(FILE *f, unsigned harden)
{
	fputs("4:\t.cfi_adjust_cfa_offset 4\n"
	      "\tmovl\t(%esp), %eax\n", f);
	print_return(f, harden);
}

/* No landing pad: it is called and jumped to by its name alone, also from a breakpoint. */
void sc_target_print_tramp(FILE *f, const struct sc_slot *slot, bool cond, unsigned harden)
{
	bool jump = !cond && from_memory_p(harden);

	if (TARGET_64BIT)
		use64(f, slot, jump);
	else
		use32(f, slot, cond, jump);
	if (cond)
		fprintf(f, "\ttest\t%%%s, %%%s\n"
			"\tje\t1f\n", scratch(), scratch());
	if (!jump)
		print_jump(f, harden);
	if (cond) {
		fputs("1:", f);
		print_return(f, harden);
	}
	if (!TARGET_64BIT && flag_pic)
		print_place(f, harden);
}

/* GCC manual, "x86 Function Attributes". */
tree sc_target_runtime_type(tree fntype)
{
	tree none = build_tree_list(NULL_TREE, integer_zero_node);
	tree attributes = TARGET_64BIT ?
		tree_cons(get_identifier("sysv_abi"), NULL_TREE, NULL_TREE) :
		tree_cons(get_identifier("cdecl"), NULL_TREE,
			  tree_cons(get_identifier("regparm"), none, NULL_TREE));

	return build_type_attribute_variant(fntype, attributes);
}

const char *sc_target_macro(void)
{
	return !TARGET_64BIT && ix86_regparm ? "__STATIC_CALL_REGPARM__=1" : NULL;
}

void sc_target_print_landing_pad(FILE *f)
{
	if (flag_cf_protection & CF_BRANCH)
		fputs(TARGET_64BIT ? "\tendbr64\n" : "\tendbr32\n", f);
}

bool sc_target_two_slot_p(void)
{
	return false;
}

/* One instruction, as the call itself. */
bool sc_target_noplt_p(void)
{
	return true;
}

const char *sc_target_asm_enter(void)
{
	return ASSEMBLER_DIALECT == ASM_INTEL ? "\t.att_syntax prefix\n" : "";
}

const char *sc_target_asm_leave(void)
{
	return ASSEMBLER_DIALECT == ASM_INTEL ? "\t.intel_syntax noprefix\n" : "";
}
