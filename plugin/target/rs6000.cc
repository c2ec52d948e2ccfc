/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rs6000.cc: PowerPC with 32 bits, System V ABI, and with 64, ELFv2.
 *
 * In ELFv2 each DSO addresses its data from its own TOC pointer, r2.  A function
 * keeps r2 only for callers with the same one, and a trampoline does not know its
 * target: so a site saves r2, and loads it again behind the call.
 */
#define INCLUDE_STRING
#include "target.h"
#include "staticcall/abi.h"

const char *sc_target_no_direct_call(void)
{
	if (TARGET_64BIT ? DEFAULT_ABI != ABI_ELFv2 : DEFAULT_ABI != ABI_V4)
		return "only the ABIs ELFv2, 64-bit, and System V, 32-bit, are supported";
	if (rs6000_default_long_calls)
		return "-mlongcall has no direct calls";
	if (!flag_plt)
		return "-fno-plt has no direct calls";
#ifdef TARGET_CMODEL
	if (TARGET_64BIT && TARGET_CMODEL == CMODEL_LARGE)
		return "-mcmodel=large has data out of reach of a trampoline";
#endif
	if (TARGET_64BIT && TARGET_PCREL)
		return "-mpcrel has no TOC pointer, which a trampoline needs";
	return NULL;
}

const char *sc_target_no_direct_call_of(tree fntype, bool)
{
	tree attributes = TYPE_ATTRIBUTES(fntype);

	if (lookup_attribute("longcall", attributes) && !lookup_attribute("shortcall", attributes))
		return "its type has the attribute \"longcall\"";
	return NULL;
}

/* -mno-speculate-indirect-jumps */
unsigned sc_target_hardening(tree, bool)
{
	return !rs6000_speculate_indirect_jumps;
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

/*
 * With 32 bits the instruction may be printed with another one in front of it, the
 * bit that tells a function with variable arguments whether there are floating ones.
 *
 * With 64 GCC prints a nop behind it, for a linker that finds the function to be in
 * another DSO.  That nop has to be the load of r2: unwinders look for it just there.
 */
struct sc_site_text sc_target_site_text(rtx_insn *)
{
	struct sc_site_text text = sc_site_text();

	if (TARGET_64BIT) {
		/* ELFv2 ABI, "The Stack Frame": the doubleword for it in the caller's frame. */
		text.before = "\tstd\t2, 24(1)\n"
			      "\t.macro\tnop\n"
			      "\tld\t2, 24(1)\n"
			      "\t.endm";
		text.after = "\t.purgem\tnop";
	} else {
		text.label_after = true;
		text.offset = -4;
	}
	return text;
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

bool sc_target_asm_comment(const char *s, bool)
{
	return *s == '#';
}

bool sc_target_kernel_p(void)
{
	return !TARGET_64BIT;
}

bool sc_target_objtool_p(void)
{
	return false;
}

bool sc_target_tramp_changes_p(unsigned regno)
{
	return regno == 0 || regno == 11 || regno == 12;
}

/* Power Architecture 32-bit ABI Supplement, and ELFv2 ABI, "Register Usage". */
bool sc_target_call_changes_p(unsigned regno)
{
	return regno == 0 || IN_RANGE(regno, 3, 12)
	       || (FP_REGNO_P(regno) && regno < FIRST_SAVED_FP_REGNO)
	       || (ALTIVEC_REGNO_P(regno) && regno < FIRST_ALTIVEC_REGNO + 20);
}

/* What handles an interrupt saves all that what it calls may change. */
bool sc_target_keeps_registers_p(tree)
{
	return false;
}

/*
 * What sites go to that cannot hold it, behind what tells where the slots are:
 * runtime/arch/powerpc.h.
 */
void sc_target_print_stubs(FILE *f, const struct sc_slot *, unsigned)
{
	fputs(sc_options.two_slot ? "\tnop\n"
				    "\tnop\n"
				    "\tnop\n"
				    "\tb\t4f\n"
				    "\tb\t3f\n"
				  : "\tnop\n", f);
	fputs("\tli\t3, 0\n"
	      "\tli\t4, 0\n"
	      "\tblr\n", f);
}

bool sc_target_two_slot_p(void)
{
	return !TARGET_64BIT;
}

bool sc_target_noplt_p(void)
{
	return false;
}

/* @harden: GCC's own form of an indirect jump that is not speculated. */
static void print_jump(FILE *f, unsigned harden)
{
	fputs("\tmtctr\t12\n", f);
	if (!harden)
		fputs("\tbctr\n", f);
	else
		fputs("\tcrset\t2\n"
		      "\tbeqctr-\n"
		      "\tb\t.\n", f);
}

/* The word at @symbol + @offset to r12. */
static void print_load32(FILE *f, const char *symbol, HOST_WIDE_INT offset)
{
	if (!flag_pic) {
		fprintf(f, "\tlis\t12, %s+" HOST_WIDE_INT_PRINT_DEC "@ha\n"
			"\tlwz\t12, %s+" HOST_WIDE_INT_PRINT_DEC "@l(12)\n",
			symbol, offset, symbol, offset);
		return;
	}
	/* The form of bcl that processors do not take for a call: Power ISA,
	 * Book I, "Branch Instructions". */
	fprintf(f, "\tmflr\t0\n"
		"\t.cfi_register\t65, 0\n"
		"\tbcl\t20, 31, 1f\n"
		"1:\tmflr\t12\n"
		"\tmtlr\t0\n"
		"\t.cfi_restore\t65\n"
		"\taddis\t12, 12, %s+" HOST_WIDE_INT_PRINT_DEC "-1b@ha\n"
		"\tlwz\t12, %s+" HOST_WIDE_INT_PRINT_DEC "-1b@l(12)\n",
		symbol, offset, symbol, offset);
}

static void print_load64(FILE *f, const char *symbol, HOST_WIDE_INT offset)
{
	fprintf(f, "\taddis\t12, 2, %s+" HOST_WIDE_INT_PRINT_DEC "@toc@ha\n"
		"\tld\t12, %s+" HOST_WIDE_INT_PRINT_DEC "@toc@l(12)\n",
		symbol, offset, symbol, offset);
}

/*
 * r0, r12 and ctr are what code between a call and its target may use: r11 is the
 * static chain, and cr6 tells functions with variable arguments something.  Power
 * Architecture 32-bit ABI Supplement, and ELFv2 ABI, "Function Call Linkage".
 */
void sc_target_print_tramp(FILE *f, const struct sc_slot *slot, bool cond, unsigned harden)
{
	const char *name = sc_slot_symbol(slot, cond);
	char *key = concat(STATIC_CALL_KEY_PREFIX, name, NULL);
	/* The key begins with the pointer's address. */
	const char *symbol = slot->local ? sc_asm_name(slot->var) : key;
	HOST_WIDE_INT offset = slot->local ? slot->offset : 0;

	if (TARGET_64BIT) {
		/* A second entry, for callers that have the same TOC pointer already. */
		fprintf(f, "\taddis\t2, 12, .TOC.-" STATIC_CALL_TRAMP_PREFIX "%s@ha\n"
			"\taddi\t2, 2, .TOC.-" STATIC_CALL_TRAMP_PREFIX "%s@l\n"
			"\t.localentry\t" STATIC_CALL_TRAMP_PREFIX "%s, 8\n"
			"\tnop\n", name, name, name);
		print_load64(f, symbol, offset);
		if (!slot->local)
			fputs("\tld\t12, 0(12)\n", f);
		if (cond)
			fputs("\tcmpdi\t0, 12, 0\n", f);
	} else {
		fputs("\tnop\n", f);
		print_load32(f, symbol, offset);
		if (!slot->local)
			fputs("\tlwz\t12, 0(12)\n", f);
		if (cond)
			fputs("\tcmpwi\t0, 12, 0\n", f);
	}
	if (cond)
		fputs("\tbeqlr\t0\n", f);
	print_jump(f, harden);
	for (int n = 3; sc_options.two_slot && n <= 4; n++) {
		fprintf(f, "%d:\tlis\t12, 0\n"
			"\taddi\t12, 12, 0\n", n);
		print_jump(f, harden);
	}
	free(key);
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
