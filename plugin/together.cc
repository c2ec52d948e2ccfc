/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * together.cc: stores one after another become one update.
 *
 *	fp = f;
 *	gp = g;			-> __static_call_stores (2, &fp, f, &gp, g)
 *
 * Programs choose their functions so when they start, a dozen in a row, and an update
 * of many costs little more than one.  Nobody may count on seeing only the first of
 * two stores, as long as neither is volatile and only registers are set in between.  For
 * debuggers each line stays its own without optimization.
 */
#include "rewrite.h"
#include "staticcall/abi.h"

/* They take their place on the stack. */
enum { MOST = 16 };

typedef auto_vec<gcall *, MOST> run;

/* The same where the last store of a run stands. */
static bool lasting_p(tree t)
{
	return is_gimple_min_invariant(t) || sc_temp_p(t);
}

static bool joinable_p(gimple *stmt)
{
	return sc_calls_runtime_p(stmt, STATIC_CALL_STORE_SYMBOL)
	       && gimple_call_num_args(stmt) == 2
	       && !TYPE_VOLATILE(TREE_TYPE(TREE_TYPE(gimple_call_arg(stmt, 0))))
	       && lasting_p(gimple_call_arg(stmt, 0)) && lasting_p(gimple_call_arg(stmt, 1))
	       && !stmt_ends_bb_p(stmt);
}

/* Does it only set a register, so that nobody sees on which side of a store it stands? */
static bool quiet_p(gimple *stmt)
{
	if (is_gimple_debug(stmt) || gimple_nop_p(stmt) || gimple_code(stmt) == GIMPLE_PREDICT)
		return true;
	if (!is_gimple_assign(stmt) || !is_gimple_reg(gimple_assign_lhs(stmt))
	    || !(gimple_assign_single_p(stmt) || gimple_assign_cast_p(stmt)))
		return false;

	tree value = gimple_assign_rhs1(stmt);

	return is_gimple_min_invariant(value) || is_gimple_reg(value)
	       || TREE_CODE(value) == ADDR_EXPR;
}

static void join(run *stores)
{
	static tree decl;
	auto_vec<tree, 2 * MOST + 1> args;
	gimple_stmt_iterator gsi;
	gcall *store, *call;
	unsigned i;

	if (!decl) {
		decl = sc_runtime_function(STATIC_CALL_STORES_SYMBOL,
					   build_varargs_function_type_list(void_type_node,
									    size_type_node,
									    NULL_TREE));
		sc_keep(decl);
	}
	args.quick_push(size_int(stores->length()));
	FOR_EACH_VEC_ELT(*stores, i, store) {
		args.quick_push(gimple_call_arg(store, 0));
		args.quick_push(gimple_call_arg(store, 1));
	}
	store = stores->pop();
	/* Not by a vector: its type has other names in other compilers, and a plugin for one of
	 * them must come to say so. */
	call = gimple_build_call_from_tree(build_call_array_loc(gimple_location(store), void_type_node,
								build_fold_addr_expr(decl),
								args.length(), args.address()),
					   build_pointer_type(TREE_TYPE(decl)));
	gimple_set_location(call, gimple_location(store));
	gimple_set_block(call, gimple_block(store));
	gsi = gsi_for_stmt(store);
	gsi_replace(&gsi, call, false);
	FOR_EACH_VEC_ELT(*stores, i, store) {
		gsi = gsi_for_stmt(store);
		gsi_remove(&gsi, true);
	}
}

/* The end of a run. */
static void finish(run *stores)
{
	if (stores->length() > 1)
		join(stores);
	stores->truncate(0);
}

static void join_in(basic_block bb)
{
	auto_vec<gimple *> stmts;
	gimple *stmt;
	run stores;
	unsigned i;

	for (auto gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
		stmts.safe_push(gsi_stmt(gsi));
	FOR_EACH_VEC_ELT(stmts, i, stmt) {
		if (joinable_p(stmt)) {
			stores.safe_push(as_a<gcall *>(stmt));
			if (stores.length() == MOST)
				finish(&stores);
		} else if (!quiet_p(stmt)) {
			finish(&stores);
		}
	}
	finish(&stores);
}

void sc_stores_together(function *fun)
{
	basic_block bb;

	if (!optimize || optimize_debug)
		return;
	FOR_EACH_BB_FN(bb, fun)
		join_in(bb);
}
