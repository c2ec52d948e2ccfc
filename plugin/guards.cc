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
#define INCLUDE_SET
#define INCLUDE_VECTOR
#include <set>
#include <utility>
#include <vector>
#include "rewrite.h"
#include "staticcall/abi.h"

/* Local variable .first is other than 0 (.second), or is 0. */
typedef std::pair<tree, bool> fact;
typedef std::vector<fact> facts;

enum { MOST_STEPS = 256, MOST_STATEMENTS = 4000, MOST_DEPTH = 16, MOST_FACTS = 4 };

/*
 * struct guard: what is asked for.
 * @slot: the pointer, which lvalue @ref in variable @var denotes.
 * @most: how many more statements are looked at.
 * @seen: where ways have been, and what was known there.
 */
struct guard {
	struct sc_slot *slot;
	tree ref, var;
	unsigned most;
	std::set<std::pair<int, facts> > seen;
};

/*
 * struct place: where something is learned.
 * @stmt:   as far as the way back from the call has come.
 * @reader: the statement that reads what is learned of, @depth definitions before @stmt.
 */
struct place {
	gimple *stmt, *reader;
	int depth;
};

static bool learn(struct guard *g, tree t, bool truth, struct place at, facts *known);

static bool local_p(tree t)
{
	return (VAR_P(t) || TREE_CODE(t) == PARM_DECL) && !is_global_var(t)
	       && !TREE_ADDRESSABLE(t) && !TREE_THIS_VOLATILE(t)
	       && is_gimple_reg_type(TREE_TYPE(t));
}

/* Is @t the pointer, or a part of it? */
static bool the_pointer_p(const struct guard *g, tree t)
{
	return !TREE_THIS_VOLATILE(t) && sc_slot_of(t) == g->slot
	       && tree_fits_uhwi_p(TYPE_SIZE(TREE_TYPE(t)))
	       && tree_to_uhwi(TYPE_SIZE(TREE_TYPE(t))) <= POINTER_SIZE;
}

static bool number_p(tree t)
{
	return INTEGRAL_TYPE_P(TREE_TYPE(t)) || POINTER_TYPE_P(TREE_TYPE(t));
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
	       && number_p(gimple_assign_rhs1(def))
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

/* Both @a and @b are known to be true, or not to be. */
static bool learn_both(struct guard *g, tree a, tree b, bool truth, struct place at, facts *known)
{
	bool first = learn(g, a, truth, at, known);

	return learn(g, b, truth, at, known) || first;
}

/* One of them is, and nobody knows which. */
static bool learn_one(struct guard *g, tree a, tree b, bool truth, struct place at)
{
	facts either;

	return learn(g, a, truth, at, &either) && learn(g, b, truth, at, &either);
}

/* "@a @code @b" is true, or is not. */
static bool learn_comparison(struct guard *g, tree_code code, tree a, tree b, bool truth,
			     struct place at, facts *known)
{
	if (is_gimple_min_invariant(a)) {
		std::swap(a, b);
		code = swap_tree_comparison(code);
	}
	if (!is_gimple_min_invariant(b))
		return false;
	if (TREE_CODE(b) == ADDR_EXPR)
		return code == (truth ? EQ_EXPR : NE_EXPR) && function_p(TREE_OPERAND(b, 0))
		       && learn(g, a, true, at, known);
	if (!number_p(a))
		return false;

	/* What it would be if @a were 0. */
	tree zero = fold_binary(code, boolean_type_node, build_zero_cst(TREE_TYPE(a)),
				fold_convert(TREE_TYPE(a), b));

	if (!zero || TREE_CODE(zero) != INTEGER_CST)
		return false;
	if (integer_zerop(zero) == truth)
		return learn(g, a, true, at, known);
	if ((code == EQ_EXPR || code == NE_EXPR)
	    && (integer_zerop(b) || truth_value_p(a, at.depth)))
		return learn(g, a, false, at, known);
	return false;
}

/* What @def has computed is true, or is not. */
static bool learn_assigned(struct guard *g, gimple *def, bool truth, struct place at,
			   facts *known)
{
	tree a = gimple_assign_rhs1(def), b = gimple_assign_rhs2(def);
	tree_code code = gimple_assign_rhs_code(def);

	if (TREE_CODE_CLASS(code) == tcc_comparison)
		return learn_comparison(g, code, a, b, truth, at, known);
	if (!number_p(a) || !number_p(gimple_assign_lhs(def)))
		return false;
	if (CONVERT_EXPR_CODE_P(code) || gimple_assign_single_p(def)) {
		/* A conversion may lose bits, but adds none. */
		if (!truth && TYPE_PRECISION(TREE_TYPE(gimple_assign_lhs(def)))
			      < TYPE_PRECISION(TREE_TYPE(a)) && !truth_value_p(a, at.depth))
			return false;
		return learn(g, a, truth, at, known);
	}

	switch (code) {
	case TRUTH_NOT_EXPR:
		return learn(g, a, !truth, at, known);
	case BIT_NOT_EXPR:
		return TYPE_PRECISION(TREE_TYPE(a)) == 1 && learn(g, a, !truth, at, known);
	case BIT_XOR_EXPR:
		return integer_onep(b) && truth_value_p(a, at.depth)
		       && learn(g, a, !truth, at, known);
	case BIT_AND_EXPR:
		if (truth)
			return learn_both(g, a, b, true, at, known);
		return truth_value_p(a, at.depth) && truth_value_p(b, at.depth)
		       && learn_one(g, a, b, false, at);
	case BIT_IOR_EXPR:
		return truth ? learn_one(g, a, b, true, at)
			     : learn_both(g, a, b, false, at, known);
	default:
		return false;
	}
}

/* The same for any statement that sets something, @at it. */
static bool learn_set(struct guard *g, gimple *def, bool truth, struct place at, facts *known)
{
	if (loads_pointer_p(g, def))
		return truth && (def == at.stmt
				 || !sc_changed_between_p(def, at.stmt, g->ref, g->var));
	if (is_gimple_assign(def))
		return learn_assigned(g, def, truth, at, known);
	if (gimple_call_builtin_p(def, BUILT_IN_EXPECT)
	    || gimple_call_builtin_p(def, BUILT_IN_EXPECT_WITH_PROBABILITY)
	    || gimple_call_internal_p(def, IFN_BUILTIN_EXPECT))
		return learn(g, gimple_call_arg(def, 0), truth, at, known);
	return false;
}

/* Is local @var set by a statement in front of @stmt, of the same block, back to @def? */
static bool set_between_p(tree var, gimple *def, gimple *stmt)
{
	if (gimple_bb(def) != gimple_bb(stmt))
		return true;
	for (auto gsi = gsi_for_stmt(stmt); gsi_stmt(gsi) != def; gsi_prev(&gsi))
		if (gsi_stmt(gsi) != stmt && gimple_get_lhs(gsi_stmt(gsi)) == var)
			return true;
	return false;
}

/*
 * @t, as @at.reader reads it, is other than 0 (@truth), or is 0.  Does that tell that the
 * pointer is not NULL, or that no way leads here, and has nothing changed the pointer
 * since?  What it tells of local variables goes to @known.
 */
static bool learn(struct guard *g, tree t, bool truth, struct place at, facts *known)
{
	if (TREE_CODE(t) == INTEGER_CST)
		return integer_zerop(t) == truth;
	if (TREE_CODE(t) == SSA_NAME) {
		gimple *def = SSA_NAME_DEF_STMT(t);

		return def && gimple_bb(def) && at.depth < MOST_DEPTH
		       && learn_set(g, def, truth, { at.stmt, def, at.depth + 1 }, known);
	}
	if (local_p(t) && known->size() < MOST_FACTS
	    && (at.reader == at.stmt || !set_between_p(t, at.reader, at.stmt)))
		known->push_back(fact(t, truth));
	return false;
}

/* Learn what @stmt has set, if it is something of which anything is known. */
static bool learn_stmt(struct guard *g, gimple *stmt, facts *known)
{
	tree lhs = gimple_get_lhs(stmt);
	facts all;

	all.swap(*known);
	for (const fact &it : all)
		if (it.first != lhs)
			known->push_back(it);
	for (const fact &it : all)
		if (it.first == lhs && learn_set(g, stmt, it.second, { stmt, stmt, 0 }, known))
			return true;
	return false;
}

static bool learn_edge(struct guard *g, edge e, facts *known)
{
	gimple_stmt_iterator last = gsi_last_bb(e->src);
	gcond *cond = gsi_end_p(last) ? NULL : dyn_cast<gcond *>(gsi_stmt(last));

	return cond && learn_comparison(g, gimple_cond_code(cond), gimple_cond_lhs(cond),
					gimple_cond_rhs(cond),
					(e->flags & EDGE_TRUE_VALUE) != 0,
					{ cond, cond, 0 }, known);
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

		if (e->src == ENTRY_BLOCK_PTR_FOR_FN(cfun))
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
	struct guard g = { slot, ref, var, MOST_STATEMENTS, { } };
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
