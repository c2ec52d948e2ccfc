/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mark.cc: which variables are marked, by __attribute__((static_call)) or by name.
 *
 * A marked variable carries the attribute, also when it was marked by name: then
 * with an argument, which nobody can write.
 */
#define INCLUDE_STRING
#define INCLUDE_SET
#include <set>
#include <string>
#include "target/target.h"

static const char attribute_name[] = "static_call";

/* Every declaration that was marked; kept alive by sc_keep(). */
static vec<tree> marked;
static hash_set<tree> marked_set;

/* Those of which patterns name members, for the report. */
static vec<tree> in_part;

/*
 * Assembler names of those with linkage.  A block-scope `extern` declares the same
 * object by another declaration, which does not inherit the attribute; so does one of
 * another namespace in `extern "C"`, or one with the same asm label.
 */
static std::set<std::string> marked_names;
static unsigned names_known;

/*
 * Why @var cannot be marked, or NULL.  Only what no later declaration changes.
 */
static const char *unfit(tree var)
{
	unsigned align = DECL_ALIGN(var);

	if (DECL_THREAD_LOCAL_P(var))
		return G_("%qD is thread-local: its call sites would need one "
			  "target for every thread; it cannot be marked "
			  "%<static_call%>");
	if (!TREE_STATIC(var) && !DECL_EXTERNAL(var))
		return G_("%qD is an automatic variable; only variables of "
			  "static storage duration can be marked "
			  "%<static_call%>");
	if (DECL_HARD_REGISTER(var))
		return G_("%qD is a register variable; only variables in memory "
			  "can be marked %<static_call%>");
	if (TREE_READONLY(var))
		return G_("%qD is constant; it cannot be marked %<static_call%>");
	if (sc_named_space_p(var))
		return G_("%qD is in a named address space, where its address does not tell "
			  "its place; it cannot be marked %<static_call%>");
	if (!COMPLETE_TYPE_P(strip_array_types(TREE_TYPE(var))))
		return NULL;
	if (!sc_slot_count(TREE_TYPE(var), &align))
		return G_("%qD is neither a pointer to a function nor holds "
			  "one; it cannot be marked %<static_call%>");
	if (align < 32)
		return G_("%qD holds a pointer to a function aligned below 4 "
			  "bytes; it cannot be marked %<static_call%>");
	return NULL;
}

static void remember(tree var)
{
	if (marked_set.add(var))
		return;
	/* Or a pointer whose loads all became calls would seem never read. */
	DECL_PRESERVE_P(var) = 1;
	marked.safe_push(var);
	sc_keep(var);
}

/*
 * Members marked by name are found only where they are used; that their variable
 * stays must be known before its unit is analyzed.
 */
static void keep_members(tree var)
{
	if (!is_global_var(var) || sc_named_space_p(var) || !sc_options_mark_any_member(var))
		return;
	if (TREE_STATIC(var) && RECORD_OR_UNION_TYPE_P(TREE_TYPE(var)))
		DECL_PRESERVE_P(var) = 1;
	if (sc_options.report && !TREE_READONLY(var) && !in_part.contains(var)) {
		in_part.safe_push(var);
		sc_keep(var);
	}
}

static void warn_transactions(tree var)
{
	static bool said;

	if (!said)
		warning_at(DECL_SOURCE_LOCATION(var), 0, "%qD is not marked %<static_call%>, nor "
			   "anything else in this unit: %<-fgnu-tm%> has its own ways to call",
			   var);
	said = true;
}

/* Every declaration of a variable ends here. */
static void finish_decl(void *gcc_data, void *)
{
	tree var = (tree)gcc_data;
	enum sc_marked how = SC_BY_NAME;
	bool by_name = false;

	if (!VAR_P(var) || TREE_TYPE(var) == error_mark_node)
		return;

	if (sc_options.report && is_global_var(var))
		sc_options_note(var);

	tree attr = lookup_attribute(attribute_name, DECL_ATTRIBUTES(var));

	if (!attr || TREE_VALUE(attr)) {
		how = sc_options_mark_var(var);
		if (!how && !attr) {
			keep_members(var);
			return;
		}
		/* A glob must not take in what a library keeps and changes. */
		if (how == SC_BY_GLOB && in_system_header_at(DECL_SOURCE_LOCATION(var)))
			return;
		by_name = true;
	}

	const char *why = unfit(var);

	if (!why && flag_tm) {
		warn_transactions(var);
		return;
	}
	if (!why) {
		if (!attr)
			DECL_ATTRIBUTES(var) =
				tree_cons(get_identifier(attribute_name),
					  build_tree_list(NULL_TREE, build_int_cst(integer_type_node, how)),
					  DECL_ATTRIBUTES(var));
		remember(var);
		return;
	}
	DECL_ATTRIBUTES(var) = remove_attribute(attribute_name, DECL_ATTRIBUTES(var));
	/* A name may stand for something else in another file; a glob surely does. */
	if (!by_name)
		error_at(DECL_SOURCE_LOCATION(var), why, var);
	else if (how == SC_BY_NAME && (TREE_STATIC(var) || DECL_EXTERNAL(var)))
		warning_at(DECL_SOURCE_LOCATION(var), OPT_Wattributes, why, var);
}

/* What the attribute stands on; its type is judged once it is complete. */
static tree handle_attribute(tree *node, tree name, tree, int, bool *no_add)
{
	tree decl = *node;

	if (VAR_P(decl))
		return NULL_TREE;
	*no_add = true;
	if (TREE_CODE(decl) == FIELD_DECL)
		error_at(DECL_SOURCE_LOCATION(decl),
			 "%qE cannot mark the member %qD; mark the variable that "
			 "holds it, or the member by name", name, decl);
	else
		error_at(DECL_SOURCE_LOCATION(decl),
			 "%qE marks variables that hold a pointer to a function; "
			 "%qD is none", name, decl);
	return NULL_TREE;
}

static struct attribute_spec attribute = {
	attribute_name, 0, 0, true, false, false, false, handle_attribute, NULL
};

static void register_attributes(void *, void *)
{
	register_attribute(&attribute);
}

bool sc_mark_var_p(tree var)
{
	if (lookup_attribute(attribute_name, DECL_ATTRIBUTES(var))) {
		/* From a precompiled header none came by finish_decl(). */
		remember(var);
		return true;
	}
	if (!(TREE_PUBLIC(var) || DECL_EXTERNAL(var)) || marked.is_empty())
		return false;
	/* Only now: asking for a name early would fix it before an asm label. */
	for (; names_known < marked.length(); names_known++)
		if (TREE_PUBLIC(marked[names_known]))
			marked_names.insert(sc_symbol(marked[names_known]));
	return marked_names.count(sc_symbol(var)) != 0;
}

bool sc_mark_taken_back_p(tree var, const char *member)
{
	/* What the source says no list takes back. */
	for (tree attr = lookup_attribute(attribute_name, DECL_ATTRIBUTES(var)); attr;
	     attr = lookup_attribute(attribute_name, TREE_CHAIN(attr)))
		if (!TREE_VALUE(attr))
			return false;
	return sc_options_mark_var(var) && sc_options_unmark_member(var, member);
}

bool sc_mark_by_glob_p(tree var)
{
	tree attr = lookup_attribute(attribute_name, DECL_ATTRIBUTES(var));

	if (!attr)
		return !sc_mark_var_p(var) && sc_slot_members_marked(var) == SC_BY_GLOB;
	/* Of several declarations each may have been marked. */
	for (; attr; attr = lookup_attribute(attribute_name, TREE_CHAIN(attr)))
		if (!TREE_VALUE(attr)
		    || tree_to_uhwi(TREE_VALUE(TREE_VALUE(attr))) != SC_BY_GLOB)
			return false;
	return true;
}

void sc_mark_for_each(void (*fn)(tree var))
{
	tree var;
	unsigned i;

	FOR_EACH_VEC_ELT(marked, i, var)
		if (lookup_attribute(attribute_name, DECL_ATTRIBUTES(var)))
			fn(var);
}

void sc_mark_for_each_part(void (*fn)(tree var))
{
	tree var;
	unsigned i;

	FOR_EACH_VEC_ELT(in_part, i, var)
		fn(var);
}

/* Let sources test for the plugin. */
static void define_macros(void)
{
	const char *more = sc_target_macro();

	sc_define_macro("__STATIC_CALL_PLUGIN__=1");
	if (more)
		sc_define_macro(more);
}

/* "#pragma omp threadprivate" follows the declaration that was marked. */
static void check_storage(tree var)
{
	if (DECL_THREAD_LOCAL_P(var))
		warning_at(DECL_SOURCE_LOCATION(var), OPT_Wattributes,
			   "%qD became thread-local; its mark %<static_call%> is ignored",
			   var);
	if (sc_weakref_target(var))
		warning_at(DECL_SOURCE_LOCATION(var), OPT_Wattributes,
			   "%qD is a weak reference; its mark %<static_call%> is ignored", var);
	if (!sc_symbol_plain_p(sc_symbol(var)))
		warning_at(DECL_SOURCE_LOCATION(var), OPT_Wattributes,
			   "no symbols can be made of %qs, the name of %qD; its mark "
			   "%<static_call%> is ignored", sc_symbol(var), var);
}

static void before_ipa(void *, void *)
{
	sc_mark_for_each(check_storage);
}

void sc_mark_init(const char *plugin_name)
{
	/* So that a header makes plain pointers of them: GCC knows no call of ours in a
	 * transaction. */
	if (!flag_tm)
		define_macros();
	register_callback(plugin_name, PLUGIN_ATTRIBUTES, register_attributes, NULL);
	register_callback(plugin_name, PLUGIN_FINISH_DECL, finish_decl, NULL);
	register_callback(plugin_name, PLUGIN_ALL_IPA_PASSES_START, before_ipa, NULL);
}
