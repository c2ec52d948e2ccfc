/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * escape.cc: marked variables whose address leaves the plugin's sight.
 *
 * Whoever holds the address can store to it without the runtime's knowledge, so
 * the runtime never patches the sites of such a variable: its calls keep going
 * through the trampoline, which reads the pointer, and stay correct.
 */
#include "staticcall-plugin.h"

static vec<tree> escaped;

/* Is it the first time, and worth a warning?  What merely fits a wildcard nobody may have meant. */
static bool add(tree var, location_t loc)
{
	if (escaped.contains(var))
		return false;
	escaped.safe_push(var);
	sc_keep(var);
	if (!sc_mark_by_glob_p(var))
		return true;
	sc_report_escape(loc, var);
	return false;
}

void sc_escape(tree var, location_t loc)
{
	if (add(var, loc)
	    && warning_at(loc, OPT_Wattributes,
			  "the address of %qD, marked %<static_call%>, is taken: "
			  "calls through it are never patched", var)
	    && DECL_SOURCE_LOCATION(var) != loc)
		inform(DECL_SOURCE_LOCATION(var), "%qD is declared here", var);
}

void sc_escape_by_store(tree var, location_t loc)
{
	if (add(var, loc))
		warning_at(loc, OPT_Wattributes,
			   "%qD, marked %<static_call%>, is stored to where registers must be kept "
			   "that the library changes: calls through it are never patched", var);
}

void sc_escape_for_each(void (*fn)(tree var))
{
	tree var;
	unsigned i;

	FOR_EACH_VEC_ELT(escaped, i, var)
		fn(var);
}

/*
 * Static initializers, aliases and assembly: no statement shows them, the symbol table
 * does, once it is complete.
 */
static void check_initializers(varpool_node *node)
{
	tree var = sc_slot_var_of(node->decl);
	struct ipa_ref *ref;

	if (!var)
		return;
	/* Under its other name it is stored to as any. */
	if (node->alias && node->analyzed && !sc_slot_var_of(node->ultimate_alias_target()->decl))
		sc_escape(var, DECL_SOURCE_LOCATION(var));
	if (sc_in_assembly_p(sc_symbol(var)))
		sc_escape(var, DECL_SOURCE_LOCATION(var));
	for (unsigned i = 0; node->iterate_referring(i, ref); i++) {
		if (!is_a<varpool_node *>(ref->referring))
			continue;
		if (ref->use == IPA_REF_ADDR || ref->use == IPA_REF_ALIAS)
			sc_escape(var, DECL_SOURCE_LOCATION(ref->referring->decl));
	}
}

static void before_ipa(void *, void *)
{
	varpool_node *node;

	FOR_EACH_VARIABLE(node)
		check_initializers(node);
}

void sc_escape_init(const char *plugin_name)
{
	register_callback(plugin_name, PLUGIN_ALL_IPA_PASSES_START, before_ipa, NULL);
}
