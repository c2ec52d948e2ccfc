/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bodies.cc: may a function of this unit, by what stands in it, change a pointer?
 *
 * GCC inlines small functions before it looks at what may change memory, and knows of others
 * what they store to.  So a helper that computes an argument does not make it load a pointer
 * again, and must not make us take the pointer for changed.
 *
 * A function that has not had its turn yet is what the front end has left, a tree; of that
 * only what is known here to be harmless is.
 */
#include "rewrite.h"

/* How far functions are followed, and how many parts of all are looked at. */
enum { MOST_DEPTH = 8, MOST_PARTS = 1024 };

static int depth, parts;

/* struct search: for what may change lvalue @ref in variable @var. */
struct search {
	tree ref, var;
};

/* GCC manual, "Clobbers and Scratch Registers" and "Basic Asm", as between.cc for statements. */
static bool asm_tree_may_change_p(tree t, const struct search *s)
{
	if (ASM_BASIC_P(t) && TREE_STRING_LENGTH(ASM_STRING(t)) > 1)
		return true;
	for (tree clobber = ASM_CLOBBERS(t); clobber; clobber = TREE_CHAIN(clobber))
		if (!strcmp(TREE_STRING_POINTER(TREE_VALUE(clobber)), "memory"))
			return true;
	for (tree out = ASM_OUTPUTS(t); out; out = TREE_CHAIN(out))
		if (sc_store_may_change_p(TREE_VALUE(out), s->ref, s->var))
			return true;
	return false;
}

static bool call_tree_may_change_p(tree t, const struct search *s)
{
	int flags = call_expr_flags(t);
	tree fn = get_callee_fndecl(t), arg;
	call_expr_arg_iterator iter;
	unsigned through;

	if ((flags & (ECF_CONST | ECF_PURE | ECF_NOVOPS)) || sc_leaves_p(flags))
		return false;
	if (sc_allocates_p(fn))
		return sc_allocator_may_change_p();
	if (CALL_EXPR_FN(t) ? sc_builtin_stores_through(fn, &through)
			    : sc_internal_stores_through(CALL_EXPR_IFN(t), &through)) {
		FOR_EACH_CALL_EXPR_ARG(arg, iter, t) {
			if ((through & 1) && POINTER_TYPE_P(TREE_TYPE(arg))
			    && sc_may_point_p(arg, s->var))
				return true;
			through >>= 1;
		}
		return false;
	}
	return !fn || (flags & ECF_RETURNS_TWICE) || sc_body_may_change_p(fn, s->ref, s->var);
}

/* Does @t as such change nothing, whatever its operands do? */
static bool harmless_p(tree t)
{
	switch (TREE_CODE(t)) {
	case STATEMENT_LIST:
	case TREE_LIST:
	case CONSTRUCTOR:
	case BIND_EXPR:
	case COND_EXPR:
	case COMPOUND_EXPR:
	case SAVE_EXPR:
	case ADDR_EXPR:
	case LABEL_EXPR:
	case CASE_LABEL_EXPR:
	case GOTO_EXPR:
	case SWITCH_EXPR:
	case LOOP_EXPR:
	case EXIT_EXPR:
	case RETURN_EXPR:
	case PREDICT_EXPR:
	case CLEANUP_POINT_EXPR:
	case TRY_FINALLY_EXPR:
	case TRY_CATCH_EXPR:
	case TARGET_EXPR:
	case TRUTH_ANDIF_EXPR:
	case TRUTH_ORIF_EXPR:
	case TRUTH_AND_EXPR:
	case TRUTH_OR_EXPR:
	case TRUTH_XOR_EXPR:
	case TRUTH_NOT_EXPR:
	case SSA_NAME:
	case BLOCK:
	case IDENTIFIER_NODE:
	case ERROR_MARK: /* What a label that is defined has for a value. */
		return true;
	default:
		switch (TREE_CODE_CLASS(TREE_CODE(t))) {
		case tcc_type:
		case tcc_constant:
		case tcc_declaration:
		case tcc_reference:
		case tcc_comparison:
		case tcc_unary:
		case tcc_binary:
			/* Beyond are a front end's own. */
			return TREE_CODE(t) < LAST_AND_UNUSED_TREE_CODE;
		default:
			return false;
		}
	}
}

/*
 * Does the declaration of @decl evaluate sizes that stand in its type alone?  Those of an
 * array are the object's, too, and walked with that.
 */
static bool sizes_evaluated_p(tree decl)
{
	tree type = TREE_TYPE(decl);

	if (VAR_P(decl))
		type = strip_array_types(type);
	return variably_modified_type_p(type, NULL_TREE);
}

/* For walk_tree(): @at if it may change the pointer. */
static tree look_at(tree *at, int *walk_subtrees, void *data)
{
	struct search *s = (struct search *)data;
	tree t = *at;
	bool changes;

	if (++parts > MOST_PARTS)
		return t;
	if (TYPE_P(t) || DECL_P(t))
		*walk_subtrees = false;
	switch (TREE_CODE(t)) {
	case MODIFY_EXPR:
	case INIT_EXPR:
	case PREINCREMENT_EXPR:
	case PREDECREMENT_EXPR:
	case POSTINCREMENT_EXPR:
	case POSTDECREMENT_EXPR:
		changes = sc_store_may_change_p(TREE_OPERAND(t, 0), s->ref, s->var);
		break;
	case VA_ARG_EXPR:
		changes = sc_may_point_p(TREE_OPERAND(t, 0), s->var);
		break;
	case CALL_EXPR:
		changes = call_tree_may_change_p(t, s);
		break;
	case DECL_EXPR:
		changes = sizes_evaluated_p(DECL_EXPR_DECL(t));
		break;
	case ASM_EXPR:
		changes = asm_tree_may_change_p(t, s);
		break;
	default:
		changes = !harmless_p(t);
	}
	return changes ? t : NULL_TREE;
}

static bool tree_may_change_p(tree body, tree ref, tree var)
{
	struct search s = { ref, var };

	return walk_tree_without_duplicates(&body, look_at, &s) != NULL_TREE;
}

static bool statements_may_change_p(struct function *fun, tree ref, tree var)
{
	basic_block bb;

	FOR_EACH_BB_FN(bb, fun)
		for (auto gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi)) {
			gimple *stmt = gsi_stmt(gsi);

			if (gimple_code(stmt) == GIMPLE_RETURN)
				continue;
			if (++parts > MOST_PARTS || sc_may_change_p(stmt, ref, var))
				return true;
		}
	return false;
}

/* Does it call others, of which nothing is seen yet, when it begins and ends? */
static bool instrumented_p(tree fn)
{
	return flag_instrument_function_entry_exit
	       && !DECL_NO_INSTRUMENT_FUNCTION_ENTRY_EXIT(fn);
}

/* What overflows, and what types may be taken for each other, is asked for the function at hand. */
static bool other_options_p(tree fn)
{
	return DECL_FUNCTION_SPECIFIC_OPTIMIZATION(fn)
	       != DECL_FUNCTION_SPECIFIC_OPTIMIZATION(current_function_decl);
}

/* One that C++ lets be defined everywhere is the same everywhere. */
bool sc_body_known_p(tree fn)
{
	return !DECL_EXTERNAL(fn) && !instrumented_p(fn) && !other_options_p(fn) && !sc_traced_p()
	       && (DECL_COMDAT(fn) || decl_binds_to_current_def_p(fn))
	       && !lookup_attribute("noipa", DECL_ATTRIBUTES(fn))
	       && !lookup_attribute("ifunc", DECL_ATTRIBUTES(fn))
	       && !lookup_attribute("alias", DECL_ATTRIBUTES(fn));
}

bool sc_body_may_change_p(tree fn, tree ref, tree var)
{
	struct function *fun = DECL_STRUCT_FUNCTION(fn);
	bool changes = true;

	if (!fun || depth == MOST_DEPTH || !sc_body_known_p(fn))
		return true;
	if (!depth++)
		parts = 0;
	if (DECL_SAVED_TREE(fn))
		changes = tree_may_change_p(DECL_SAVED_TREE(fn), ref, var);
	else if (fun->cfg)
		changes = statements_may_change_p(fun, ref, var);
	depth--;
	return changes;
}
