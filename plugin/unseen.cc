/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unseen.cc: pointers that are not marked here, and may be elsewhere.
 *
 * Another unit of the program may mark a pointer that this one stores to, or lets the
 * address of out, and knows nothing of the mark: it stands in one declaration only, or on
 * one command line.  Such a store would be seen by nobody.  So each unit defines a symbol
 * for each such variable, which costs nothing, as it stands for a number and not for a
 * place; the key of a marked pointer holds the value of that symbol, which is 0 where no
 * unit defines it.  Units of other executables and libraries: see note.cc.
 */
#include "staticcall-plugin.h"

static vec<tree> unseen;
static hash_set<tree> *known;

/* A pointer to void, or to what is incomplete. */
static bool opaque_p(tree type)
{
	return POINTER_TYPE_P(type)
	       && (VOID_TYPE_P(TREE_TYPE(type)) || !COMPLETE_TYPE_P(TREE_TYPE(type)));
}

/* Could @var be marked in another unit, that is, may it hold a pointer to a function? */
static bool markable_p(tree var)
{
	tree type = strip_array_types(TREE_TYPE(var));
	unsigned align = 0;

	if (!(TREE_PUBLIC(var) || DECL_EXTERNAL(var) || sc_weakref_target(var))
	    || TREE_READONLY(var) || !sc_symbol_plain_p(sc_symbol(var)))
		return false;
	/* Nobody can tell what another unit knows to be in there. */
	if (RECORD_OR_UNION_TYPE_P(type) && !COMPLETE_TYPE_P(type))
		return true;
	/* Nor what a pointer to anything points to. */
	if (opaque_p(type))
		return true;
	return sc_slot_count(TREE_TYPE(var), &align) != 0;
}

void sc_unseen(tree ref)
{
	tree var = sc_slot_base(ref);

	if (!var)
		return;
	if (!known)
		known = new hash_set<tree>;
	if (known->add(var) || !markable_p(var) || sc_slot_var_of(var))
		return;
	unseen.safe_push(var);
	sc_keep(var);
}

/*
 * A wildcard may fit a pointer to data by accident, which others store to at any rate.  So it
 * must be NULL or a function that is stored: what a pointer that others call can be.
 */
tree sc_opaque_var_of(tree ref, tree value)
{
	tree var = sc_slot_base(ref);
	enum sc_marked how;

	if (!var || flag_tm || sc_named_space_p(var) || !opaque_p(TREE_TYPE(var))
	    || !markable_p(var) || !value
	    || !(integer_zerop(value)
		 || (TREE_CODE(value) == ADDR_EXPR
		     && TREE_CODE(TREE_OPERAND(value, 0)) == FUNCTION_DECL)))
		return NULL_TREE;
	how = sc_options_mark_var(var);
	if (!how || (how == SC_BY_GLOB && in_system_header_at(DECL_SOURCE_LOCATION(var))))
		return NULL_TREE;
	return var;
}

const char *sc_unseen_stem(const char *name)
{
	while (startswith(name, "__wrap_") || startswith(name, "__real_"))
		name += strlen("__wrap_");
	return name;
}

static const char *name_of(tree var)
{
	const char *target = sc_weakref_target(var);

	return target ? target : sc_symbol(var);
}

/* Other names of such variables, perhaps. */
static vec<char *> renamed;

static void rename(const char *name)
{
	if (sc_symbol_plain_p(name))
		renamed.safe_push(xstrdup(name));
}

void sc_unseen_for_each(void (*fn)(const char *name, tree var))
{
	tree var;
	char *name;
	unsigned i;

	FOR_EACH_VEC_ELT(unseen, i, var)
		fn(name_of(var), var);
	FOR_EACH_VEC_ELT(renamed, i, name)
		fn(name, NULL_TREE);
}

/* What no statement shows: static initializers that have the address, and aliases. */
static void check_references(varpool_node *node)
{
	struct ipa_ref *ref;

	/* Others may mark the one and store to the other. */
	if (node->alias && node->analyzed)
		sc_unseen(node->decl);
	for (unsigned i = 0; node->iterate_referring(i, ref); i++)
		if (is_a<varpool_node *>(ref->referring)
		    && (ref->use == IPA_REF_ADDR || ref->use == IPA_REF_ALIAS))
			sc_unseen(node->decl);
}

static void before_ipa(void *, void *)
{
	varpool_node *node;
	tree var;
	unsigned i;

	FOR_EACH_VARIABLE(node)
		check_references(node);
	FOR_EACH_VEC_ELT(unseen, i, var)
		sc_beside_in_assembly(name_of(var), rename);
}

void sc_unseen_init(const char *plugin_name)
{
	register_callback(plugin_name, PLUGIN_ALL_IPA_PASSES_START, before_ipa, NULL);
}
