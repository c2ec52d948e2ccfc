/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * site.cc: what stands around a site in the assembly, and its label.
 */
#include "staticcall-plugin.h"
#include "target/target.h"

static bool (*ok_for_sibcall)(tree decl, tree call);

static bool tail_call_p(tree decl, tree call)
{
	struct sc_key *key = decl ? sc_key_of_tramp(decl) : NULL;

	if (key && !sc_target_tail_call_p(current_function_decl, sc_key_cond_p(key)))
		return false;
	return ok_for_sibcall(decl, call);
}

void sc_site_init(void)
{
	ok_for_sibcall = targetm.function_ok_for_sibcall;
	targetm.function_ok_for_sibcall = tail_call_p;
}

static location_t location_of(rtx_insn *insn)
{
	location_t loc = INSN_LOCATION(insn);

	/* "final" cannot print an asm statement without a location. */
	return loc == UNKNOWN_LOCATION ? DECL_SOURCE_LOCATION(current_function_decl) : loc;
}

/* Assembly as an insn, with @insn's location: the line begins there. */
static rtx assembly(rtx_insn *insn, const char *text)
{
	return gen_rtx_ASM_INPUT_loc(VOIDmode, ggc_strdup(text), location_of(insn));
}

static void put_before(rtx_insn *insn, const char *text)
{
	if (text)
		emit_insn_before_setloc(assembly(insn, text), insn, INSN_LOCATION(insn));
}

void sc_site_align(rtx_insn *insn)
{
	put_before(insn, sc_target_align_site(insn));
}

int sc_site_label(rtx_insn *insn, int *offset)
{
	struct sc_site_text text = sc_target_site_text(insn);
	rtx_insn *note;

	if (sc_options.align && !sc_target_align_early())
		sc_site_align(insn);
	put_before(insn, text.before);

	int label = sc_label_insn(insn, text.label_after, &note);

	if (text.after)
		emit_insn_after_setloc(assembly(insn, text.after),
				       text.label_after ? note : insn, INSN_LOCATION(insn));
	*offset = text.offset;
	return label;
}
