/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lto.cc: -flto.
 *
 * The calls are rewritten where a unit is compiled.  Its keys, trampolines and escapes
 * become asm statements of the unit, outside of functions: they are there whatever the
 * link-time optimizer does with its parts, and calls work even if it lacks the plugin.
 * There, the plugin only records the sites.
 */
#define INCLUDE_STRING
#include <string>
#include "staticcall-plugin.h"
#include "staticcall/abi.h"

/* Local to the assembler: the plugin is there, or its absence has been told. */
#define PLUGIN_SYMBOL	".Lstaticcall_plugin"

/* Likewise: the optimizer makes a shared library.  Only who sees the whole program knows. */
#define SHARED_SYMBOL	".Lstaticcall_shared"

bool sc_lto_link(void)
{
	return !strcmp(lang_hooks.name, "GNU GIMPLE");
}

/* As by Fowler, Noll and Vo (FNV-1a). */
static uint64_t hash(uint64_t sum, const char *s)
{
	do
		sum = (sum ^ (unsigned char)*s) * 0x100000001b3;
	while (*s++);
	return sum;
}

/* The source as its user calls it, wherever all of it lies. */
static const char *source_name(void)
{
	const char *name = remap_debug_filename(remap_macro_filename(main_input_filename));

	return IS_ABSOLUTE_PATH(name) ? lbasename(name) : name;
}

/* As a user names it, if that does not say where all of it lies. */
static uint64_t hash_path(uint64_t sum, const char *path)
{
	const char *name = remap_debug_filename(remap_macro_filename(path));

	return IS_ABSOLUTE_PATH(name) ? sum : hash(sum, name);
}

static std::string folder_of(const char *path)
{
	return std::string(path, lbasename(path));
}

/*
 * What a source may be compiled with to make several units of it, and a user's own word.
 * -dumpbase has the object's name, -dumpdir its folder, and the program's name where that
 * is linked in one step.
 */
static uint64_t hash_options(uint64_t sum)
{
	for (unsigned i = 0; i < save_decoded_options_count; i++) {
		const struct cl_decoded_option *opt = &save_decoded_options[i];

		if (opt->arg && (opt->opt_index == OPT_D || opt->opt_index == OPT_U
				 || opt->opt_index == OPT_frandom_seed_))
			sum = hash(sum, opt->arg);
		else if (opt->arg && opt->opt_index == OPT_dumpbase)
			sum = hash(sum, lbasename(opt->arg));
		else if (opt->arg && opt->opt_index == OPT_dumpdir)
			sum = hash_path(sum, folder_of(opt->arg).c_str());
		else if (opt->arg && (opt->opt_index == OPT_I || opt->opt_index == OPT_include))
			sum = hash_path(sum, opt->arg);
	}
	return sum;
}

/* Two units of a program do not define the same, and seldom have all else in common. */
static uint64_t hash_symbols(uint64_t sum)
{
	symtab_node *node;

	FOR_EACH_SYMBOL(node) {
		if (!DECL_NAME(node->decl))
			continue;
		sum = hash(sum, IDENTIFIER_POINTER(DECL_NAME(node->decl)));
		sum = hash(sum, std::to_string(DECL_SOURCE_LINE(node->decl)).c_str());
	}
	return sum;
}

/*
 * What makes the names of this unit's own variables unique in a program, and the same
 * whenever and wherever it is compiled; so it is made of nothing random and of no folder.
 */
static const char *suffix(void)
{
	static char suffix[17];

	if (!*suffix) {
		uint64_t sum = hash(0xcbf29ce484222325, source_name());

		snprintf(suffix, sizeof(suffix), "%016" PRIx64, hash_symbols(hash_options(sum)));
	}
	return suffix;
}

static hash_set<tree> *published;

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

	char *name = concat(sc_symbol(var), ".", suffix(), NULL);

	symtab->change_decl_assembler_name(var, get_identifier(name));
	free(name);
	TREE_PUBLIC(var) = 1;
	DECL_VISIBILITY(var) = VISIBILITY_HIDDEN;
	DECL_VISIBILITY_SPECIFIED(var) = 1;
	if (!published)
		published = new hash_set<tree>;
	published->add(var);
}

bool sc_lto_published_p(tree var)
{
	return published && published->contains(var);
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

void sc_lto_print_if_shared(FILE *f)
{
	fputs("\t.ifdef " SHARED_SYMBOL "\n", f);
}

void sc_lto_print_else(FILE *f)
{
	fputs("\t.else\n", f);
}

/* What a unit's text begins with. */
#define TEXT		"\n# staticcall"
#define FIRST_TEXT	TEXT " first\n"

void sc_lto_add_text(const char *text, bool ours, bool first)
{
	static const char check[] =
		"\t.ifndef " PLUGIN_SYMBOL "\n"
		"\t.warning \"static calls are never patched here: what has been compiled by the "
		"staticcall plugin with -flto must be linked with its -fplugin= too\"\n"
		"\t.set " PLUGIN_SYMBOL ", 1\n"
		"\t.endif\n";
	static bool told;

	if (SC_OFFLOAD_TAKES_ASM && ours && g->have_offload && !told) {
		told = true;
		error_at(UNKNOWN_LOCATION,
			 "static calls in %qs: with %<-flto%> and code for an offload device GCC loses "
			 "what they need; compile this file with %<-fno-lto%>", main_input_filename);
	}
	char *all = concat(first ? FIRST_TEXT : TEXT "\n", ours ? check : "", text, NULL);

	symtab->finalize_toplevel_asm(build_string(strlen(all) + 1, all));
	free(all);
}

static bool begins_with_p(const asm_node *node, const char *begin)
{
	return !strncmp(TREE_STRING_POINTER(node->asm_str), begin, strlen(begin));
}

/* What is in several texts of a file is assembled from the first one. */
static void sort_texts(void)
{
	auto_vec<asm_node *> texts;
	unsigned i, sorted = 0;

	for (asm_node *node = symtab->first_asm_symbol(); node; node = sc_next_asm(node))
		if (begins_with_p(node, TEXT))
			texts.safe_push(node);
	for (i = 0; i < texts.length(); i++)
		if (begins_with_p(texts[i], FIRST_TEXT))
			std::swap(texts[i]->asm_str, texts[sorted++]->asm_str);
	for (i = 0; flag_lto_linker_output == LTO_LINKER_OUTPUT_DYN && i < texts.length(); i++) {
		char *all = concat("\t.set " SHARED_SYMBOL ", 1\n",
				   TREE_STRING_POINTER(texts[i]->asm_str), NULL);

		texts[i]->asm_str = build_string(strlen(all) + 1, all);
		free(all);
	}
}

/*
 * Linkers ask an archive for what the optimizer's files say that they refer to, and text of
 * assembly is not among that.  So a table of this name refers to what lies in other units.
 */
#define NEEDED	"__static_call_needed"

static vec<tree> needed;

void sc_lto_need(tree var)
{
	if (DECL_EXTERNAL(var) && !needed.contains(var))
		needed.safe_push(var);
}

void sc_lto_add_needed(void)
{
	vec<constructor_elt, va_gc> *elts = NULL;
	tree type, table, var;
	unsigned i;

	if (needed.is_empty())
		return;
	FOR_EACH_VEC_ELT(needed, i, var) {
		TREE_ADDRESSABLE(var) = 1;
		CONSTRUCTOR_APPEND_ELT(elts, size_int(i),
				       build1(ADDR_EXPR, ptr_type_node, var));
	}
	type = build_array_type_nelts(ptr_type_node, needed.length());
	table = build_decl(UNKNOWN_LOCATION, VAR_DECL, get_identifier(NEEDED), type);
	TREE_STATIC(table) = 1;
	TREE_READONLY(table) = 1;
	TREE_USED(table) = 1;
	DECL_ARTIFICIAL(table) = 1;
	DECL_IGNORED_P(table) = 1;
	DECL_PRESERVE_P(table) = 1;
	DECL_INITIAL(table) = build_constructor(type, elts);
	TREE_CONSTANT(DECL_INITIAL(table)) = 1;
	TREE_STATIC(DECL_INITIAL(table)) = 1;
	varpool_node::finalize_decl(table);
	/* What the unit's own were before. */
	varpool_node::get(table)->analyze();
}

/* The linker has read it. */
static void drop_needed(void)
{
	varpool_node *node;

	FOR_EACH_VARIABLE(node) {
		if (!startswith(sc_asm_name(node->decl), NEEDED))
			continue;
		DECL_PRESERVE_P(node->decl) = 0;
		node->force_output = 0;
	}
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

	drop_needed();
	FOR_EACH_FUNCTION(node) {
		const char *name = sc_symbol(node->decl);
		varpool_node *var = strncmp(name, STATIC_CALL_TRAMP_PREFIX, prefix)
				    ? NULL : find_var(name + prefix);

		any |= !strncmp(name, STATIC_CALL_TRAMP_PREFIX, prefix);
		if (!var)
			continue;
		var = var->ultimate_alias_target();
		DECL_PRESERVE_P(var->decl) = 1;
		var->force_output = 1;
	}
	sort_texts();
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
