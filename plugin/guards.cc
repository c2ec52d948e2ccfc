/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guards.cc: does the source itself test a pointer before it calls through it?
 *
 *	if (fp) fp (x);		fp && fp (x);		if (!fp) return; fp (x);
 *
 * GCC would load the pointer once for both, so a program may rely on that while another
 * thread stores NULL.  Here test and call are two reads, and such a call is tolerant:
 * it does nothing where the pointer is NULL.  It is one if every way to it comes by the
 * side of a test on which the pointer is not NULL, or by the store of a function to it
 * (if (!fp) fp = g; fp (x);), and if nothing from the test's load on
 * may change the pointer.  So in one thread no such call ever meets NULL, and every other
 * one does what it does in C.
 *
 * There are no dominators yet, and variables are not in SSA form.  So all ways are walked
 * backwards from the call, with what is known of local variables by the tests that a way
 * has met.
 */
#define INCLUDE_ALGORITHM
#define INCLUDE_SET
#define INCLUDE_VECTOR
#include <algorithm>
#include <set>
#include <utility>
#include <vector>
#include "rewrite.h"
#include "staticcall/abi.h"

/* What is known of .first, a local variable or a temporary. */
typedef std::pair<tree, struct sc_test> fact;
typedef std::vector<fact> facts;

enum { MOST_STEPS = 256, MOST_STATEMENTS = 4000, MOST_DEPTH = 16, MOST_FACTS = 4, MOST_CALLS = 4 };

/*
 * struct guard: what is asked for.
 * @fun: the function whose ways are walked.
 * @slot: the pointer, which lvalue @ref in variable @var denotes.
 * @most: how many more statements are looked at.
 * @depth: how many calls that is inside of the function with the call in question.
 * @seen: where ways have been, and what was known there.
 */
struct guard {
	struct function *fun;
	struct sc_slot *slot;
	tree ref, var;
	unsigned most, depth;
	std::set<std::pair<int, facts> > seen;
};

/*
 * struct place: where something is learned.
 * @stmt:  as far as the way back from the call has come.
 * @depth: how many definitions before it.
 */
struct place {
	gimple *stmt;
	int depth;
};

static bool learn(struct guard *g, tree t, struct sc_test test, struct place at, facts *known);
static bool all_ways_p(struct guard *g, gimple_stmt_iterator gsi, basic_block bb, facts known);

static bool local_p(tree t)
{
	return (VAR_P(t) || TREE_CODE(t) == PARM_DECL) && !is_global_var(t)
	       && !(VAR_P(t) && DECL_HARD_REGISTER(t)) && !TREE_ADDRESSABLE(t)
	       && !TREE_THIS_VOLATILE(t) && is_gimple_reg_type(TREE_TYPE(t));
}

/* Is @t the pointer, or a part of it? */
static bool the_pointer_p(const struct guard *g, tree t)
{
	return !TREE_THIS_VOLATILE(t) && sc_slot_of(t) == g->slot
	       && tree_fits_uhwi_p(TYPE_SIZE(TREE_TYPE(t)))
	       && tree_to_uhwi(TYPE_SIZE(TREE_TYPE(t))) <= POINTER_SIZE;
}

/* A function, and one that is there for sure?  All declarations have been read by now. */
static bool function_p(tree t)
{
	return TREE_CODE(t) == FUNCTION_DECL && !DECL_WEAK(t);
}

/* Does @stmt load the pointer? */
static bool loads_pointer_p(const struct guard *g, gimple *stmt)
{
	if (gimple_assign_single_p(stmt))
		return the_pointer_p(g, gimple_assign_rhs1(stmt));

	gcall *call = dyn_cast<gcall *>(stmt);

	return call && sc_atomic_load_p(call)
	       && TREE_CODE(gimple_call_arg(call, 0)) == ADDR_EXPR
	       && the_pointer_p(g, TREE_OPERAND(gimple_call_arg(call, 0), 0));
}

/* Does @value, which @stmt stores, stand for a function? */
static bool function_address_p(tree value, gimple *stmt, int depth = 0)
{
	if (TREE_CODE(value) == ADDR_EXPR)
		return function_p(TREE_OPERAND(value, 0));

	gimple *def = sc_temp_p(value) && depth < MOST_DEPTH ? sc_temp_definition(value, stmt) : NULL;

	return def && is_gimple_assign(def)
	       && (gimple_assign_single_p(def) || CONVERT_EXPR_CODE_P(gimple_assign_rhs_code(def)))
	       && sc_number_p(TREE_TYPE(gimple_assign_rhs1(def)))
	       && TYPE_PRECISION(TREE_TYPE(gimple_assign_rhs1(def))) >= POINTER_SIZE
	       && function_address_p(gimple_assign_rhs1(def), def, depth + 1);
}

/*
 * Does @stmt store a function to the pointer?  GCC would call that, whatever another
 * thread stores.  The store may have been rewritten already.
 */
static bool stores_function_p(const struct guard *g, gimple *stmt)
{
	if (gimple_assign_single_p(stmt))
		return the_pointer_p(g, gimple_assign_lhs(stmt))
		       && POINTER_TYPE_P(TREE_TYPE(gimple_assign_lhs(stmt)))
		       && function_address_p(gimple_assign_rhs1(stmt), stmt);
	return sc_calls_runtime_p(stmt, STATIC_CALL_STORE_SYMBOL)
	       && gimple_call_num_args(stmt) == 2
	       && TREE_CODE(gimple_call_arg(stmt, 0)) == ADDR_EXPR
	       && the_pointer_p(g, TREE_OPERAND(gimple_call_arg(stmt, 0), 0))
	       && function_address_p(gimple_call_arg(stmt, 1), stmt);
}

/* Can @t be nothing but 0 or 1? */
static bool truth_value_p(tree t, int depth)
{
	if (integer_zerop(t) || integer_onep(t) || TREE_CODE(TREE_TYPE(t)) == BOOLEAN_TYPE)
		return true;
	if (TREE_CODE(t) != SSA_NAME || depth == MOST_DEPTH)
		return false;

	gimple *def = SSA_NAME_DEF_STMT(t);
	tree_code code = is_gimple_assign(def) ? gimple_assign_rhs_code(def) : ERROR_MARK;

	if (TREE_CODE_CLASS(code) == tcc_comparison || code == TRUTH_NOT_EXPR)
		return true;
	if (code == BIT_AND_EXPR || code == BIT_IOR_EXPR || code == BIT_XOR_EXPR)
		return truth_value_p(gimple_assign_rhs1(def), depth + 1)
		       && truth_value_p(gimple_assign_rhs2(def), depth + 1);
	return (CONVERT_EXPR_CODE_P(code) || code == SSA_NAME)
	       && truth_value_p(gimple_assign_rhs1(def), depth + 1);
}

/* Both @a and @b are known to pass @test. */
static bool learn_both(struct guard *g, tree a, tree b, struct sc_test test, struct place at,
		       facts *known)
{
	bool first = learn(g, a, test, at, known);

	return learn(g, b, test, at, known) || first;
}

/* One of them is, and nobody knows which. */
static bool learn_one(struct guard *g, tree a, tree b, struct sc_test test, struct place at)
{
	facts either;

	return learn(g, a, test, at, &either) && learn(g, b, test, at, &either);
}

/* "@a @code @b" is true, or is not. */
static bool learn_comparison(struct guard *g, tree_code code, tree a, tree b, bool truth,
			     struct place at, facts *known)
{
	if (is_gimple_min_invariant(a)) {
		std::swap(a, b);
		code = swap_tree_comparison(code);
	}
	if (!sc_number_p(TREE_TYPE(a)))
		return false;
	if (!truth)
		code = invert_tree_comparison(code, false);
	if (TREE_CODE(b) == ADDR_EXPR)
		return code == EQ_EXPR && function_p(TREE_OPERAND(b, 0))
		       && learn(g, a, sc_test_of(TREE_TYPE(a), NE_EXPR, 0), at, known);
	return TREE_CODE(b) == INTEGER_CST
	       && learn(g, a, sc_test_of(TREE_TYPE(a), code, TREE_INT_CST_LOW(b)), at, known);
}

/* What @def has computed of bits that are not known here passes @test. */
static bool learn_bits(struct guard *g, gimple *def, struct sc_test test, struct place at,
		       facts *known)
{
	tree a = gimple_assign_rhs1(def), b = gimple_assign_rhs2(def), type = TREE_TYPE(a);
	bool all = gimple_assign_rhs_code(def) == BIT_AND_EXPR;
	struct sc_test set = { test.mask, NE_EXPR, 0 }, clear = { test.mask, EQ_EXPR, 0 };

	if (!sc_passes(type, &test, 0))
		return all ? learn_both(g, a, b, set, at, known) : learn_one(g, a, b, set, at);
	if (!all && test == clear)
		return learn_both(g, a, b, clear, at, known);
	if (sc_passes(type, &test, 1) || !truth_value_p(a, at.depth)
	    || !truth_value_p(b, at.depth))
		return false;
	clear = sc_test_of(type, EQ_EXPR, 0);
	return all ? learn_one(g, a, b, clear, at) : learn_both(g, a, b, clear, at, known);
}

/* What @def has computed of @a and a constant, if of any, passes *@test.  What does @a pass? */
static bool before_p(gimple *def, tree type, tree a, struct sc_test *test)
{
	tree second = gimple_num_ops(def) == 3 ? gimple_assign_rhs2(def) : NULL_TREE;
	unsigned HOST_WIDE_INT with = second ? TREE_INT_CST_LOW(second) : 0;

	switch (gimple_assign_rhs_code(def)) {
	case BIT_NOT_EXPR:
		return sc_before_xor(type, HOST_WIDE_INT_M1U, test);
	case BIT_XOR_EXPR:
		return sc_before_xor(type, with, test);
	case BIT_IOR_EXPR:
		return sc_before_or(type, with, test);
	case BIT_AND_EXPR:
		test->mask &= with;
		return true;
	case PLUS_EXPR:
		return sc_before_plus(type, with, test);
	case MINUS_EXPR:
		return sc_before_plus(type, -with, test);
	case NEGATE_EXPR:
		return sc_before_negation(type, test);
	case LSHIFT_EXPR:
		return sc_before_shift(type, with, test);
	default:
		return (gimple_assign_single_p(def)
			|| CONVERT_EXPR_CODE_P(gimple_assign_rhs_code(def)))
		       && sc_before_conversion(type, TREE_TYPE(a), test);
	}
}

/* What @def has computed passes @test. */
static bool learn_assigned(struct guard *g, gimple *def, struct sc_test test, struct place at,
			   facts *known)
{
	tree a = gimple_assign_rhs1(def), b = gimple_assign_rhs2(def);
	tree type = TREE_TYPE(gimple_assign_lhs(def));
	tree_code code = gimple_assign_rhs_code(def);

	if (TREE_CODE_CLASS(code) == tcc_comparison || code == TRUTH_NOT_EXPR) {
		bool one = sc_passes(type, &test, 1);

		if (one == sc_passes(type, &test, 0))
			return !one;
		if (code == TRUTH_NOT_EXPR)
			return learn_comparison(g, EQ_EXPR, a, build_zero_cst(TREE_TYPE(a)), one,
						at, known);
		return learn_comparison(g, code, a, b, one, at, known);
	}
	if (!sc_number_p(TREE_TYPE(a)))
		return false;
	if ((code == BIT_AND_EXPR || code == BIT_IOR_EXPR) && TREE_CODE(b) != INTEGER_CST)
		return learn_bits(g, def, test, at, known);
	if (gimple_num_ops(def) > 2
	    && (gimple_num_ops(def) != 3 || TREE_CODE(b) != INTEGER_CST))
		return false;
	return before_p(def, type, a, &test) && learn(g, a, test, at, known);
}

static bool tree_tells_p(const struct guard *g, tree t, struct sc_test test);

/* @t is true, or is not. */
static bool truth_tells_p(const struct guard *g, tree t, bool truth)
{
	return tree_tells_p(g, t, sc_test_of(TREE_TYPE(t), truth ? NE_EXPR : EQ_EXPR, 0));
}

/* "@a @code @b" is true, or is not. */
static bool comparison_tells_p(const struct guard *g, tree_code code, tree a, tree b, bool truth)
{
	if (!truth)
		code = invert_tree_comparison(code, false);
	return sc_number_p(TREE_TYPE(a)) && TREE_CODE(b) == INTEGER_CST
	       && tree_tells_p(g, a, sc_test_of(TREE_TYPE(a), code, TREE_INT_CST_LOW(b)));
}

/* The expression @t, as the front end has left it, passes @test.  Is the pointer not NULL then? */
static bool tree_tells_p(const struct guard *g, tree t, struct sc_test test)
{
	tree type = TREE_TYPE(t), a, b;

	if (!sc_number_p(type) || TREE_SIDE_EFFECTS(t))
		return false;

	bool zero = sc_passes(type, &test, 0), one = sc_passes(type, &test, 1);

	if (DECL_P(t) || handled_component_p(t))
		return !zero && the_pointer_p(g, t);
	if (TREE_CODE(t) == INTEGER_CST)
		return !sc_passes(type, &test, TREE_INT_CST_LOW(t));
	if (!EXPR_P(t))
		return false;
	a = TREE_OPERAND(t, 0);
	b = TREE_OPERAND_LENGTH(t) > 1 ? TREE_OPERAND(t, 1) : NULL_TREE;
	if (CONVERT_EXPR_P(t) || TREE_CODE(t) == NON_LVALUE_EXPR)
		return sc_number_p(TREE_TYPE(a)) && sc_before_conversion(type, TREE_TYPE(a), &test)
		       && tree_tells_p(g, a, test);
	if (TREE_CODE(t) == COND_EXPR)
		return b && TREE_OPERAND(t, 2) && !VOID_TYPE_P(TREE_TYPE(b))
		       && (truth_tells_p(g, a, true) || tree_tells_p(g, b, test))
		       && (truth_tells_p(g, a, false) || tree_tells_p(g, TREE_OPERAND(t, 2), test));
	/* The others are true or false. */
	if (zero == one)
		return false;

	switch (TREE_CODE(t)) {
	case TRUTH_NOT_EXPR:
		return truth_tells_p(g, a, !one);
	case TRUTH_AND_EXPR:
	case TRUTH_ANDIF_EXPR:
		return one ? truth_tells_p(g, a, true) || truth_tells_p(g, b, true)
			   : truth_tells_p(g, a, false) && truth_tells_p(g, b, false);
	case TRUTH_OR_EXPR:
	case TRUTH_ORIF_EXPR:
		return one ? truth_tells_p(g, a, true) && truth_tells_p(g, b, true)
			   : truth_tells_p(g, a, false) || truth_tells_p(g, b, false);
	default:
		return TREE_CODE_CLASS(TREE_CODE(t)) == tcc_comparison
		       && comparison_tells_p(g, TREE_CODE(t), a, b, one);
	}
}

/* What the function with body @t returns, if it does nothing else; or NULL. */
static tree returned(tree t)
{
	while (t)
		switch (TREE_CODE(t)) {
		case BIND_EXPR:
			t = BIND_EXPR_BODY(t);
			break;
		case CLEANUP_POINT_EXPR:
		case RETURN_EXPR:
			t = TREE_OPERAND(t, 0);
			break;
		case MODIFY_EXPR:
		case INIT_EXPR:
			return TREE_CODE(TREE_OPERAND(t, 0)) == RESULT_DECL
			       ? TREE_OPERAND(t, 1) : NULL_TREE;
		case STATEMENT_LIST: {
			tree only = NULL_TREE;

			for (auto i = tsi_start(t); !tsi_end_p(i); tsi_next(&i)) {
				if (TREE_CODE(tsi_stmt(i)) == DEBUG_BEGIN_STMT)
					continue;
				if (only)
					return NULL_TREE;
				only = tsi_stmt(i);
			}
			t = only;
			break;
		}
		default:
			return NULL_TREE;
		}
	return NULL_TREE;
}

/* @fun has its statements.  What it returns passes @test: has it tested the pointer? */
static bool statements_tell_p(const struct guard *g, struct function *fun, struct sc_test test)
{
	struct guard inner = { fun, g->slot, g->ref, g->var, g->most, g->depth + 1, { } };
	edge e;
	edge_iterator ei;

	FOR_EACH_EDGE(e, ei, EXIT_BLOCK_PTR_FOR_FN(fun)->preds) {
		gimple_stmt_iterator gsi = gsi_last_bb(e->src);
		greturn *stmt = gsi_end_p(gsi) ? NULL : dyn_cast<greturn *>(gsi_stmt(gsi));
		facts known;

		if (!stmt || !gimple_return_retval(stmt))
			return false;
		if (learn(&inner, gimple_return_retval(stmt), test, { stmt, 0 }, &known))
			continue;
		gsi_prev(&gsi);
		if (known.empty() || !all_ways_p(&inner, gsi, e->src, known))
			return false;
	}
	return true;
}

/*
 * What @call, of a function of this unit, has returned passes @test.  Does that tell that the
 * pointer was not NULL when it returned?  GCC knows if it inlines the function.
 */
static bool call_tells_p(const struct guard *g, gcall *call, struct sc_test test)
{
	tree fn = gimple_call_fndecl(call), value;
	struct function *fun = fn ? DECL_STRUCT_FUNCTION(fn) : NULL;

	if (!fun || !sc_body_known_p(fn) || g->depth == MOST_CALLS)
		return false;
	if (!DECL_SAVED_TREE(fn))
		return fun->cfg && !gimple_in_ssa_p(fun) && statements_tell_p(g, fun, test);
	value = returned(DECL_SAVED_TREE(fn));
	return value && tree_tells_p(g, value, test);
}

/* The same for any statement that sets something, @at it. */
static bool learn_set(struct guard *g, gimple *def, struct sc_test test, struct place at,
		      facts *known)
{
	if (!sc_number_p(TREE_TYPE(gimple_get_lhs(def))))
		return false;
	if (loads_pointer_p(g, def))
		return !sc_passes(TREE_TYPE(gimple_get_lhs(def)), &test, 0)
		       && (def == at.stmt
			   || !sc_changed_between_p(def, at.stmt, g->ref, g->var));
	if (is_gimple_assign(def))
		return learn_assigned(g, def, test, at, known);
	if (gimple_call_builtin_p(def, BUILT_IN_EXPECT)
	    || gimple_call_builtin_p(def, BUILT_IN_EXPECT_WITH_PROBABILITY)
	    || gimple_call_internal_p(def, IFN_BUILTIN_EXPECT))
		return learn(g, gimple_call_arg(def, 0), test, at, known);
	return is_gimple_call(def) && call_tells_p(g, as_a<gcall *>(def), test)
	       && (def == at.stmt || !sc_changed_between_p(def, at.stmt, g->ref, g->var));
}

/* Does @stmt set the local variable or temporary @var, or a part of it? */
static bool sets_p(gimple *stmt, tree var)
{
	tree lhs = gimple_get_lhs(stmt);
	gasm *assembly = dyn_cast<gasm *>(stmt);

	if (lhs)
		return lhs == var || get_base_address(lhs) == var;
	for (unsigned i = 0; assembly && i < gimple_asm_noutputs(assembly); i++)
		if (get_base_address(TREE_VALUE(gimple_asm_output_op(assembly, i))) == var)
			return true;
	return false;
}

/* Is local @var set by a statement in front of @stmt, of the same block, back to @def? */
static bool set_between_p(tree var, gimple *def, gimple *stmt)
{
	if (gimple_bb(def) != gimple_bb(stmt))
		return true;
	for (auto gsi = gsi_for_stmt(stmt); gsi_stmt(gsi) != def; gsi_prev(&gsi))
		if (gsi_stmt(gsi) != stmt && sets_p(gsi_stmt(gsi), var))
			return true;
	return false;
}

/* Has any of what @def has read another value at @stmt? */
static bool outdated_p(gimple *def, gimple *stmt)
{
	for (unsigned i = 1; i < gimple_num_ops(def); i++) {
		tree op = gimple_op(def, i);

		if (op && local_p(op) && set_between_p(op, def, stmt))
			return true;
	}
	return false;
}

static void remember(tree t, struct sc_test test, facts *known)
{
	fact it(t, test);

	if (known->size() < MOST_FACTS
	    && std::find(known->begin(), known->end(), it) == known->end())
		known->push_back(it);
}

/*
 * @t, as it was where it was read, passes @test.  Does that tell that the pointer is not NULL,
 * or that no way leads here, and has nothing changed the pointer since?  What it tells of
 * local variables, and of temporaries made of what they held before, goes to @known.
 */
static bool learn(struct guard *g, tree t, struct sc_test test, struct place at, facts *known)
{
	if (!sc_number_p(TREE_TYPE(t)))
		return false;
	if (!test.mask || TREE_CODE(t) == INTEGER_CST)
		return !sc_passes(TREE_TYPE(t), &test, test.mask ? TREE_INT_CST_LOW(t) : 0);
	if (TREE_CODE(t) == SSA_NAME) {
		gimple *def = SSA_NAME_DEF_STMT(t);

		if (!def || !gimple_bb(def) || at.depth == MOST_DEPTH)
			return false;
		if (!outdated_p(def, at.stmt))
			return learn_set(g, def, test, { at.stmt, at.depth + 1 }, known);
		remember(t, test, known);
	} else if (local_p(t)) {
		remember(t, test, known);
	}
	return false;
}

/* Learn what @stmt has set, if it is something of which anything is known. */
static bool learn_stmt(struct guard *g, gimple *stmt, facts *known)
{
	tree lhs = gimple_get_lhs(stmt);
	facts all;

	all.swap(*known);
	for (const fact &it : all)
		if (!sets_p(stmt, it.first))
			known->push_back(it);
	for (const fact &it : all)
		if (it.first == lhs && learn_set(g, stmt, it.second, { stmt, 0 }, known))
			return true;
	return false;
}

/* What @stmt switches on compares so with @cst. */
static bool learn_index(struct guard *g, gswitch *stmt, tree_code code, tree cst, facts *known)
{
	return learn_comparison(g, code, gimple_switch_index(stmt), cst, true, { stmt, 0 }, known);
}

/* What @stmt switches on has the value or range of @e's case, or that of no case. */
static bool learn_case(struct guard *g, gswitch *stmt, edge e, facts *known)
{
	tree only = NULL_TREE;

	for (unsigned i = 0; i < gimple_switch_num_labels(stmt); i++) {
		tree label = gimple_switch_label(stmt, i);

		if (label_to_block(g->fun, CASE_LABEL(label)) != e->dest)
			continue;
		if (only)
			return false;
		only = label;
	}
	if (!only)
		return false;
	if (CASE_HIGH(only))
		return learn_index(g, stmt, GE_EXPR, CASE_LOW(only), known)
		       || learn_index(g, stmt, LE_EXPR, CASE_HIGH(only), known);
	if (CASE_LOW(only))
		return learn_index(g, stmt, EQ_EXPR, CASE_LOW(only), known);
	for (unsigned i = 1; i < gimple_switch_num_labels(stmt); i++) {
		tree label = gimple_switch_label(stmt, i);

		if (!CASE_HIGH(label) && learn_index(g, stmt, NE_EXPR, CASE_LOW(label), known))
			return true;
	}
	return false;
}

static bool learn_edge(struct guard *g, edge e, facts *known)
{
	gimple_stmt_iterator last = gsi_last_bb(e->src);
	gimple *stmt = gsi_end_p(last) ? NULL : gsi_stmt(last);

	/* A statement that throws has not set anything. */
	if (e->flags & EDGE_COMPLEX)
		known->clear();
	if (gswitch *by = safe_dyn_cast<gswitch *>(stmt))
		return learn_case(g, by, e, known);

	gcond *cond = safe_dyn_cast<gcond *>(stmt);

	return cond && learn_comparison(g, gimple_cond_code(cond), gimple_cond_lhs(cond),
					gimple_cond_rhs(cond),
					(e->flags & EDGE_TRUE_VALUE) != 0, { cond, 0 }, known);
}

/* Does every way that leads to the end of @gsi's statement pass a test? */
static bool all_ways_p(struct guard *g, gimple_stmt_iterator gsi, basic_block bb, facts known)
{
	edge e;
	edge_iterator ei;

	for (; !gsi_end_p(gsi); gsi_prev(&gsi)) {
		if (learn_stmt(g, gsi_stmt(gsi), &known) || stores_function_p(g, gsi_stmt(gsi)))
			return true;
		if (!g->most-- || sc_may_change_p(gsi_stmt(gsi), g->ref, g->var))
			return false;
	}
	FOR_EACH_EDGE(e, ei, bb->preds) {
		facts now = known;

		if (e->src == ENTRY_BLOCK_PTR_FOR_FN(g->fun) || sc_traced_p())
			return false;
		if (learn_edge(g, e, &now))
			continue;
		/* A circle adds no way that does not come in somewhere. */
		if (!g->seen.insert(std::make_pair(e->src->index, now)).second)
			continue;
		if (g->seen.size() > MOST_STEPS || !all_ways_p(g, gsi_last_bb(e->src), e->src, now))
			return false;
	}
	return true;
}

static bool guarded_p(gcall *call, struct sc_slot *slot, tree ref, tree var)
{
	struct guard g = { cfun, slot, ref, var, MOST_STATEMENTS, 0, { } };
	gimple_stmt_iterator gsi = gsi_for_stmt(call);

	gsi_prev(&gsi);
	return all_ways_p(&g, gsi, gimple_bb(call), facts());
}

enum sc_guarded sc_guarded(gcall *call, struct sc_slot *slot, tree ref, tree var)
{
	/* What is volatile is read twice in C, too. */
	if (TREE_THIS_VOLATILE(ref))
		return SC_NOT_GUARDED;

	sc_allocators.met = false;
	if (guarded_p(call, slot, ref, var))
		return SC_GUARDED;
	if (!sc_allocators.met)
		return SC_NOT_GUARDED;
	sc_allocators.libc = true;

	bool perhaps = guarded_p(call, slot, ref, var);

	sc_allocators.libc = false;
	return perhaps ? SC_PERHAPS_GUARDED : SC_NOT_GUARDED;
}
