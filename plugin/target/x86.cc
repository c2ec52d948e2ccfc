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

const char *sc_target_no_direct_call_of(tree fntype)
{
	tree attributes = TYPE_ATTRIBUTES(fntype);

	if (lookup_attribute("no_caller_saved_registers", attributes))
		return "its caller needs the register that a trampoline uses";
	if ((flag_cf_protection & CF_BRANCH) && lookup_attribute("nocf_check", attributes))
		return "its target may lack the mark that an indirect jump needs";
	if (TARGET_64BIT)
		return NULL;

	/* i386 psABI 2.2.3: also who returns a structure in memory removes its address. */
	if (known_ne(targetm.calls.return_pops_args(NULL_TREE, fntype, UNITS_PER_WORD), 0))
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
 */
#define BYTE_0_64	"\t.byte 0x67"
#define BYTE_0_32	"\t.byte 0x65"

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

/* Retpolines: no bare indirect jump may remain, in a trampoline neither. */
static void print_jump(FILE *f)
{
	switch (ix86_indirect_branch) {
	case indirect_branch_thunk_extern:
		fprintf(f, "\tjmp\t__x86_indirect_thunk_%s\n", scratch());
		break;
	case indirect_branch_thunk:
	case indirect_branch_thunk_inline:
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
		break;
	default:
		fprintf(f, "\tjmp\t*%%%s\n", scratch());
		break;
	}
	/* Nothing runs past an indirect jump or a return, not speculatively. */
	fputs("\tint3\n", f);
}

bool sc_target_align_early(void)
{
	return false;
}

struct sc_site_text sc_target_site_text(rtx_insn *)
{
	struct sc_site_text text = sc_site_text();

	/* Else it comes with the alignment. */
	if (!sc_options.align && !sc_options.kernel)
		text.before = TARGET_64BIT ? BYTE_0_64 : BYTE_0_32;
	return text;
}

bool sc_target_asm_branch(const char *mnemonic, size_t len, bool *tail)
{
	std::string name(mnemonic, len);

	for (char &c : name)
		c = TOLOWER(c);
	*tail = name[0] == 'j';
	return name == "call" || name == "callq" || name[0] == 'j';
}

/* GNU assembler, "i386-Prefixes". */
bool sc_target_asm_prefix(const char *word, size_t len)
{
	static const char *const prefixes[] = {
		"cs", "ds", "es", "fs", "gs", "ss", "data16", "data32", "addr16", "addr32", "rex64",
		"bnd", "notrack", "lock", "rep", "repe", "repz", "repne", "repnz",
	};

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

bool sc_target_objtool_p(void)
{
	return TARGET_64BIT;
}

/* A site holds a return by itself. */
void sc_target_print_stubs(FILE *, const struct sc_slot *)
{
}

/*
 * r11 alone is nobody's at a call: no argument, no static chain (r10), no count
 * of vector registers (al).
 */
static void load64(FILE *f, const struct sc_slot *slot)
{
	const char *symbol = sc_asm_name(slot->var);

	if (slot->local && ix86_cmodel != CM_MEDIUM && ix86_cmodel != CM_MEDIUM_PIC)
		fprintf(f, "\tmovq\t%s+" HOST_WIDE_INT_PRINT_DEC "(%%rip), %%r11\n",
			symbol, slot->offset);
	else
		fprintf(f, "\tmovq\t%s@GOTPCREL(%%rip), %%r11\n"
			"\tmovq\t" HOST_WIDE_INT_PRINT_DEC "(%%r11), %%r11\n",
			symbol, slot->offset);
}

/*
 * eax, where it holds no argument.  Position independent code finds its place by a
 * call, to a function of the trampoline's own; and what is not local by the key,
 * which begins with the pointer's address: no register is left for the GOT's.
 */
static void load32(FILE *f, const struct sc_slot *slot, bool cond)
{
	const char *symbol = sc_asm_name(slot->var);

	if (!flag_pic) {
		fprintf(f, "\tmovl\t%s+" HOST_WIDE_INT_PRINT_DEC ", %%eax\n",
			symbol, slot->offset);
		return;
	}
	fputs("\tcall\t4f\n5:", f);
	if (slot->local)
		fprintf(f, "\tmovl\t%s+" HOST_WIDE_INT_PRINT_DEC "-5b(%%eax), %%eax\n",
			symbol, slot->offset);
	else
		fprintf(f, "\tmovl\t" STATIC_CALL_KEY_PREFIX "%s-5b(%%eax), %%eax\n"
			"\tmovl\t(%%eax), %%eax\n", sc_slot_symbol(slot, cond));
}

static void print_place(FILE *f)
{
	fputs("4:\t.cfi_adjust_cfa_offset 4\n"
	      "\tmovl\t(%esp), %eax\n"
	      "\tret\n"
	      "\tint3\n", f);
}

void sc_target_print_tramp(FILE *f, const struct sc_slot *slot, bool cond)
{
	if (flag_cf_protection & CF_BRANCH)
		fputs(TARGET_64BIT ? "\tendbr64\n" : "\tendbr32\n", f);
	if (TARGET_64BIT)
		load64(f, slot);
	else
		load32(f, slot, cond);
	if (cond)
		fprintf(f, "\ttest\t%%%s, %%%s\n"
			"\tje\t1f\n", scratch(), scratch());
	print_jump(f);
	if (cond)
		fputs("1:\tret\n"
		      "\tint3\n", f);
	if (!TARGET_64BIT && flag_pic)
		print_place(f);
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
