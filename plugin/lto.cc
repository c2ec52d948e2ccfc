/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lto.cc: -flto.
 *
 * The calls are rewritten where a unit is compiled.  Its keys, trampolines and escapes
 * become asm statements of the unit, outside of functions: they are there whatever the
 * link-time optimizer does with its parts, and calls work even if it lacks the plugin.
 * There, the plugin only records the sites.
 */
#include "staticcall-plugin.h"
#include "staticcall/abi.h"

/* Local to the assembler: the plugin is there, or its absence has been told. */
#define PLUGIN_SYMBOL	".Lstaticcall_plugin"

bool sc_lto_link(void)
{
	return !strcmp(lang_hooks.name, "GNU GIMPLE");
}

/* What makes the names of this unit's own variables unique in a program. */
static const char *suffix(void)
{
	static const char *suffix;

	if (!suffix)
		suffix = IDENTIFIER_POINTER(get_file_function_name("staticcall"));
	return suffix;
}

/*
 * No part of the optimizer follows what an asm statement refers to.  So the variable
 * must be there under a name that nobody changes, also if it is static.
 */
void sc_lto_publish(tree var)
{
	if (!flag_lto || DECL_EXTERNAL(var))
		return;
	DECL_PRESERVE_P(var) = 1;
	varpool_node::get_create(var)->force_output = 1;
	if (TREE_PUBLIC(var))
		return;

	char *name = concat(sc_asm_name(var), ".", suffix(), NULL);

	symtab->change_decl_assembler_name(var, get_identifier(name));
	free(name);
	TREE_PUBLIC(var) = 1;
	DECL_VISIBILITY(var) = VISIBILITY_HIDDEN;
	DECL_VISIBILITY_SPECIFIED(var) = 1;
}

/* The optimizer may put the texts of several units into one file. */
void sc_lto_print_once(FILE *f, const char *symbol)
{
	fprintf(f, "\t.ifndef " STATIC_CALL_KEY_PREFIX "%s\n", symbol);
}

void sc_lto_print_end(FILE *f)
{
	fputs("\t.endif\n", f);
}

void sc_lto_add_text(const char *text)
{
	static const char check[] =
		"\n\t.ifndef " PLUGIN_SYMBOL "\n"
		"\t.warning \"static calls are never patched here: what has been compiled by the "
		"staticcall plugin with -flto must be linked with its -fplugin= too\"\n"
		"\t.set " PLUGIN_SYMBOL ", 1\n"
		"\t.endif\n";
	char *all = concat(check, text, NULL);

	symtab->finalize_toplevel_asm(build_string(strlen(all) + 1, all));
	free(all);
}

/* The variable in which the slot lies whose symbol begins at @symbol; or NULL. */
static varpool_node *find_var(const char *symbol)
{
	char *name = xstrdup(symbol), *dot;
	symtab_node *node;

	/* What comes behind a dot may be a member, or part of the name. */
	while (!(node = symtab_node::get_for_asmname(get_identifier(name)))
	       && (dot = strrchr(name, '.')))
		*dot = '\0';
	free(name);
	return node ? dyn_cast<varpool_node *>(node) : NULL;
}

/*
 * The unit that defines a pointer may not know that it is marked.  Keep it where calls
 * of another unit need it.
 */
static unsigned keep_vars(function *)
{
	const size_t prefix = strlen(STATIC_CALL_TRAMP_PREFIX);
	cgraph_node *node;
	bool any = false;

	FOR_EACH_FUNCTION(node) {
		const char *name = sc_asm_name(node->decl);
		varpool_node *var = strncmp(name, STATIC_CALL_TRAMP_PREFIX, prefix)
				    ? NULL : find_var(name + prefix);

		any |= !strncmp(name, STATIC_CALL_TRAMP_PREFIX, prefix);
		if (!var)
			continue;
		var = var->ultimate_alias_target();
		DECL_PRESERVE_P(var->decl) = 1;
		var->force_output = 1;
	}
	if (any && sc_keep_toplevel_asm())
		warning(0, "%<-fipa-reorder-for-locality%> is ignored, which would lose the "
			   "trampolines of static calls");
	return 0;
}

static const struct pass_data keep_data = {
	IPA_PASS, "staticcall_keep", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0
};

/* Without any summary of its own. */
class keep_pass : public ipa_opt_pass_d {
public:
	keep_pass() : ipa_opt_pass_d(keep_data, g, NULL, NULL, NULL, NULL, NULL, NULL, 0,
				     NULL, NULL) { }
	unsigned execute(function *fun) final override { return keep_vars(fun); }
};

static void (*target_file_start)(void);

/* In front of all asm statements; at link time no event of a plugin comes so early. */
static void file_start(void)
{
	target_file_start();
	fputs("\t.set " PLUGIN_SYMBOL ", 1\n", asm_out_file);
}

void sc_lto_init(const char *plugin_name)
{
	/* The first of those that see the whole program. */
	struct register_pass_info keep = {
		new keep_pass(), "whole-program", 1, PASS_POS_INSERT_BEFORE
	};

	if (!flag_lto && !sc_lto_link())
		return;
	if (sc_lto_link())
		register_callback(plugin_name, PLUGIN_PASS_MANAGER_SETUP, NULL, &keep);
	target_file_start = targetm.asm_out.file_start;
	targetm.asm_out.file_start = file_start;
}
