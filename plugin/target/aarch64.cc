/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * aarch64.cc: AArch64, LP64.
 */
#define INCLUDE_STRING
#include "target.h"
#include "staticcall/abi.h"

const char *sc_target_no_direct_call(void)
{
	if (TARGET_ILP32)
		return "-mabi=ilp32 is not supported";
	if (aarch64_cmodel == AARCH64_CMODEL_LARGE)
		return "-mcmodel=large has no direct calls";
	return NULL;
}

const char *sc_target_no_direct_call_of(tree, bool)
{
	return NULL;
}

/*
 * -mharden-sls.  Not -mbranch-protection: landing pads are looked for only where all
 * units of a program have them.
 */
unsigned sc_target_hardening(tree, bool)
{
	return aarch64_harden_sls_retbr_p();
}

bool sc_target_tail_call_p(tree, bool)
{
	return true;
}

/* Every instruction is one aligned word. */
const char *sc_target_align_site(rtx_insn *)
{
	return NULL;
}

bool sc_target_align_early(void)
{
	return false;
}

struct sc_site_text sc_target_site_text(rtx_insn *)
{
	return sc_site_text();
}

int sc_target_asm_branch(const std::string &mnemonic, bool *tail)
{
	*tail = mnemonic == "b";
	return *tail || mnemonic == "bl" ? 4 : 0;
}

bool sc_target_asm_prefix(const char *, size_t)
{
	return false;
}

/* GNU assembler, "AArch64-Chars". */
bool sc_target_asm_comment(const char *s, bool start)
{
	return (s[0] == '/' && s[1] == '/') || (start && *s == '#');
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
	return regno == R16_REGNUM || regno == R17_REGNUM;
}

/* AAPCS64, 6.1.1 and 6.1.2. */
bool sc_target_call_changes_p(unsigned regno)
{
	return IN_RANGE(regno, R0_REGNUM, R18_REGNUM)
	       || (FP_REGNUM_P(regno) && !IN_RANGE(regno, V8_REGNUM, V15_REGNUM));
}

/* What handles an interrupt saves all that what it calls may change. */
bool sc_target_keeps_registers_p(tree)
{
	return false;
}

/* A branch to what a register holds; nothing runs past it, not speculatively. */
static void print_branch(FILE *f, const char *insn, unsigned harden)
{
	fprintf(f, "\t%s\n%s", insn, harden ? "\tdsb\tsy\n\tisb\n" : "");
}

/* What sites go to that cannot hold it: runtime/arch/arm64.h. */
void sc_target_print_stubs(FILE *f, const struct sc_slot *, unsigned harden)
{
	fputs("\tnop\n"
	      "\tnop\n"
	      "\tmov\tx0, #0\n", f);
	/* There is no room for what is to stand behind a return. */
	fputs(harden ? "\tb\t5f\n" : "\tret\n", f);
}

/* In x16, in as few instructions as what is known of its alignment allows: LDR counts in words. */
static void print_local(FILE *f, const struct sc_slot *slot)
{
	const char *symbol = sc_asm_name(slot->var);
	bool words = DECL_ALIGN_UNIT(slot->var) % 8 == 0 && slot->offset % 8 == 0;

	fprintf(f, "\tadrp\tx16, %s+" HOST_WIDE_INT_PRINT_DEC "\n", symbol, slot->offset);
	fprintf(f, words ? "\tldr\tx16, [x16, :lo12:%s+" HOST_WIDE_INT_PRINT_DEC "]\n" :
			   "\tadd\tx16, x16, :lo12:%s+" HOST_WIDE_INT_PRINT_DEC "\n"
			   "\tldr\tx16, [x16]\n", symbol, slot->offset);
}

/*
 * x16 is what code between a call and its target may use: AAPCS64, 6.1.1.  A
 * landing pad of the kind "bti c" takes a jump by it: Arm ARM, D8.4.7.
 */
void sc_target_print_tramp(FILE *f, const struct sc_slot *slot, bool cond, unsigned harden)
{
	if (aarch64_bti_enabled())
		fputs("\thint\t34 /* bti c */\n", f);
	fputs("\tnop\n", f);
	if (slot->local) {
		print_local(f, slot);
	} else {
		const char *key = sc_slot_symbol(slot, cond);

		/* The key begins with the pointer's address. */
		fprintf(f, "\tadrp\tx16, " STATIC_CALL_KEY_PREFIX "%s\n"
			"\tldr\tx16, [x16, :lo12:" STATIC_CALL_KEY_PREFIX "%s]\n"
			"\tldr\tx16, [x16]\n",
			key, key);
	}
	if (cond)
		fputs("\tcbz\tx16, 1f\n", f);
	print_branch(f, "br\tx16", harden);
	if (cond || harden) {
		fputs("1:\n5:", f);
		print_branch(f, "ret", harden);
	}
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
