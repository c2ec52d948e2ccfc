/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arm.cc: 32-bit Arm, A32 and T32.
 */
#define INCLUDE_STRING
#include "target.h"
#include "staticcall/abi.h"

/* The instruction set of the unit, and so of its trampolines; functions may differ. */
static bool unit_thumb(void)
{
	return TARGET_THUMB_P(TREE_TARGET_OPTION(target_option_default_node)->x_target_flags);
}

const char *sc_target_no_direct_call(void)
{
	if (TARGET_BIG_END)
		return "big-endian code is not supported";
	if (!arm_arch5t)
		return "code for processors before ARMv5T is not supported";
	if ((TARGET_THUMB || unit_thumb()) && !arm_arch_thumb2)
		return "Thumb-1 is not supported";
	if (TARGET_LONG_CALLS)
		return "-mlong-calls has no direct calls";
	if (TARGET_FDPIC)
		return "-mfdpic is not supported";
	if (flag_pic && !arm_pic_data_is_text_relative)
		return "-mno-pic-data-is-text-relative leaves a trampoline no way to its pointer";
	return NULL;
}

const char *sc_target_no_direct_call_of(tree fntype, bool)
{
	tree attributes = TYPE_ATTRIBUTES(fntype);

	if (lookup_attribute("long_call", attributes))
		return "its type has the attribute long_call";
	if (lookup_attribute("cmse_nonsecure_call", attributes))
		return "its type has the attribute cmse_nonsecure_call";
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
 * A32 has words only.  In T32 the instruction may straddle two, which costs a nop of
 * 16 bits every other time.  It may not stand between an IT instruction and what
 * that makes conditional, which no call is: it would have to be the last one.
 */
const char *sc_target_align_site(rtx_insn *)
{
	return TARGET_THUMB ? "\t.balign 4" : NULL;
}

/* Literals and short branches are laid out by the machine's own pass. */
bool sc_target_align_early(void)
{
	return true;
}

/* As in a pointer to a function: runtime/arch/arm.h. */
struct sc_site_text sc_target_site_text(rtx_insn *)
{
	struct sc_site_text text = sc_site_text();

	text.offset = TARGET_THUMB ? 1 : 0;
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

/* GNU assembler, "ARM-Chars". */
bool sc_target_asm_comment(const char *s, bool start)
{
	return *s == '@' || (s[0] == '/' && s[1] == '/') || (start && *s == '#');
}

/* It has none, for the sake of reach; the records are as anywhere. */
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
	return regno == IP_REGNUM;
}

/* AAPCS32, 6.1.1 and 6.1.2. */
bool sc_target_call_changes_p(unsigned regno)
{
	return regno <= LAST_ARG_REGNUM || regno == IP_REGNUM
	       || (IS_VFP_REGNUM(regno)
		   && !IN_RANGE(regno, FIRST_VFP_REGNUM + 16, FIRST_VFP_REGNUM + 31));
}

/* What handles an interrupt saves all that what it calls may change. */
bool sc_target_keeps_registers_p(tree)
{
	return false;
}

/* What sites go to that cannot hold it: runtime/arch/arm.h.  A long long is two words. */
void sc_target_print_stubs(FILE *f, const struct sc_slot *, unsigned)
{
	if (unit_thumb())
		fputs("\t.thumb\n"
		      "\tnop\n"
		      "\tmovs\tr0, #0\n"
		      "\tmovs\tr1, #0\n"
		      "\tbx\tlr\n"
		      "\t.thumb_func\n", f);
	else
		fputs("\t.arm\n"
		      "\tmov\tr0, #0\n"
		      "\tmov\tr1, #0\n"
		      "\tbx\tlr\n", f);
}

/*
 * Where the pointer's address, or that of the key, which begins with it, is from
 * a label.  Code that may hold no literals, -mpure-code, is T32.
 */
static void print_distance(FILE *f, const struct sc_slot *slot, bool cond)
{
	if (slot->local)
		fprintf(f, "%s + " HOST_WIDE_INT_PRINT_DEC, sc_asm_name(slot->var), slot->offset);
	else
		fprintf(f, STATIC_CALL_KEY_PREFIX "%s", sc_slot_symbol(slot, cond));
}

static void print_thumb(FILE *f, const struct sc_slot *slot, bool cond)
{
	fputs("\tb.w\t2f\n"
	      "2:\tmovw\tip, #:lower16:(", f);
	print_distance(f, slot, cond);
	fputs(" - (3f + 4))\n"
	      "\tmovt\tip, #:upper16:(", f);
	print_distance(f, slot, cond);
	fputs(" - (3f + 4))\n"
	      "3:\tadd\tip, pc\n"
	      "\tldr\tip, [ip]\n", f);
	if (!slot->local)
		fputs("\tldr\tip, [ip]\n", f);
	if (cond)
		fputs("\tcmp\tip, #0\n"
		      "\tit\teq\n"
		      "\tbxeq\tlr\n", f);
	fputs("\tbx\tip\n", f);
}

static void print_arm(FILE *f, const struct sc_slot *slot, bool cond)
{
	fputs("\t.inst\t0xe320f000 /* nop */\n"
	      "\tldr\tip, 3f\n"
	      "2:\tldr\tip, [pc, ip]\n", f);
	if (!slot->local)
		fputs("\tldr\tip, [ip]\n", f);
	if (cond)
		fputs("\tcmp\tip, #0\n"
		      "\tbxeq\tlr\n", f);
	fputs("\tbx\tip\n"
	      "3:\t.word\t", f);
	print_distance(f, slot, cond);
	fputs(" - (2b + 8)\n", f);
}

/* ip is what code between a call and its target may use: AAPCS32, 6.1.1. */
void sc_target_print_tramp(FILE *f, const struct sc_slot *slot, bool cond, unsigned)
{
	if (unit_thumb())
		print_thumb(f, slot, cond);
	else
		print_arm(f, slot, cond);
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
	return "\t.syntax unified\n";
}

const char *sc_target_asm_leave(void)
{
	return "";
}
