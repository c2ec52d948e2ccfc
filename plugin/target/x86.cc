/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * x86.cc: x86-64.
 */
#include "target.h"

const char *sc_target_no_direct_call(void)
{
	if (!TARGET_64BIT)
		return "only x86-64 is supported, not i386";
	if (TARGET_X32)
		return "only x86-64 is supported, not x32";
	if (ix86_cmodel == CM_LARGE || ix86_cmodel == CM_LARGE_PIC)
		return "-mcmodel=large has no direct calls";
	return NULL;
}

const char *sc_target_no_direct_call_of(tree fntype)
{
	tree attributes = TYPE_ATTRIBUTES(fntype);

	if (lookup_attribute("no_caller_saved_registers", attributes))
		return "its caller needs the register that a trampoline uses";
	if ((flag_cf_protection & CF_BRANCH) && lookup_attribute("nocf_check", attributes))
		return "its target may lack the mark that an indirect jump needs";
	return NULL;
}

/*
 * The opcode and the four bytes after it may be changed by one store of an
 * aligned 8-byte word, so they start at most 3 bytes into one.  The bytes that
 * this skips become CS prefixes of the call itself, which ignores them (AMD APM
 * vol. 3, 1.2.4): no instruction is added.  A conditional jump takes CS for a
 * branch hint, so there the padding is nops, of the word's four last bytes.
 */
const char *sc_target_align_site(rtx_insn *insn)
{
	if (JUMP_P(insn))
		return "\t.p2align 3,,5";
	return "\t.p2align 3,0x2e,4";
}

/* Retpolines: no bare indirect jump may remain, in a trampoline neither. */
static void print_jump(FILE *f)
{
	switch (ix86_indirect_branch) {
	case indirect_branch_thunk_extern:
		fputs("\tjmp\t__x86_indirect_thunk_r11\n", f);
		break;
	case indirect_branch_thunk:
	case indirect_branch_thunk_inline:
		fputs("\tcall\t3f\n"
		      "2:\tpause\n"
		      "\tlfence\n"
		      "\tjmp\t2b\n"
		      "3:\tmovq\t%r11, (%rsp)\n"
		      "\tret\n", f);
		break;
	default:
		fputs("\tjmp\t*%r11\n", f);
		break;
	}
	/* Nothing runs past an indirect jump or a return, not speculatively. */
	fputs("\tint3\n", f);
}

struct sc_site_text sc_target_site_text(rtx_insn *)
{
	return sc_site_text();
}

bool sc_target_tramp_foreign(void)
{
	return false;
}

/* A site holds a return by itself. */
void sc_target_print_stubs(FILE *, const struct sc_slot *)
{
}

void sc_target_print_tramp(FILE *f, const struct sc_slot *slot)
{
	const char *symbol = sc_asm_name(slot->var);

	if (flag_cf_protection & CF_BRANCH)
		fputs("\tendbr64\n", f);
	/* r11 alone is nobody's at a call: no argument, no static chain (r10),
	 * no count of vector registers (al).  Psabi 3.2.3. */
	if (slot->local && ix86_cmodel != CM_MEDIUM && ix86_cmodel != CM_MEDIUM_PIC)
		fprintf(f, "\tmovq\t%s+" HOST_WIDE_INT_PRINT_DEC "(%%rip), %%r11\n",
			symbol, slot->offset);
	else
		fprintf(f, "\tmovq\t%s@GOTPCREL(%%rip), %%r11\n"
			"\tmovq\t" HOST_WIDE_INT_PRINT_DEC "(%%r11), %%r11\n",
			symbol, slot->offset);
	fputs("\ttestq\t%r11, %r11\n"
	      "\tje\t1f\n", f);
	print_jump(f);
	fputs("1:\tret\n"
	      "\tint3\n", f);
}

const char *sc_target_asm_enter(void)
{
	return ASSEMBLER_DIALECT == ASM_INTEL ? "\t.att_syntax prefix\n" : "";
}

const char *sc_target_asm_leave(void)
{
	return ASSEMBLER_DIALECT == ASM_INTEL ? "\t.intel_syntax noprefix\n" : "";
}
