/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * between.cc: may anything between the load of a pointer and its call change it?
 * Where it may, the plain program calls what the pointer held at the load, and so
 * must we.
 */
#include "rewrite.h"

bool sc_may_change_p(gimple *stmt, tree ref, tree var)
{
	if (is_gimple_debug(stmt) || gimple_clobber_p(stmt))
		return false;

	switch (gimple_code(stmt)) {
	case GIMPLE_ASSIGN: {
		tree base = get_base_address(gimple_assign_lhs(stmt));

		if (!base || TREE_CODE(base) == SSA_NAME)
			return false;
		/* One object may have several declarations, by block scope. */
		if (DECL_P(base))
			return base == var || sc_slot_var_of(base);
		return alias_sets_conflict_p(get_alias_set(gimple_assign_lhs(stmt)),
					     get_alias_set(ref));
	}
	case GIMPLE_CALL:
		return !(gimple_call_flags(stmt)
			 & (ECF_CONST | ECF_PURE | ECF_NOVOPS))
		       && !sc_relaxed_load_p(as_a<gcall *>(stmt));
	case GIMPLE_COND:
	case GIMPLE_SWITCH:
	case GIMPLE_LABEL:
	case GIMPLE_GOTO:
	case GIMPLE_NOP:
	case GIMPLE_PREDICT:
		return false;
	default:
		return true;
	}
}

/* Is there such a statement from @gsi on, back to @load or the block's start? */
static bool changed_before_p(gimple_stmt_iterator gsi, gimple *load, tree ref, tree var)
{
	for (; !gsi_end_p(gsi); gsi_prev(&gsi)) {
		if (gsi_stmt(gsi) == load)
			return false;
		if (sc_may_change_p(gsi_stmt(gsi), ref, var))
			return true;
	}
	return false;
}

bool sc_changed_between_p(gimple *load, gimple *use, tree ref, tree var)
{
	enum { MOST_BLOCKS = 64 };
	gimple_stmt_iterator gsi = gsi_for_stmt(use);
	basic_block from = gimple_bb(load), to = gimple_bb(use);

	gsi_prev(&gsi);
	if (changed_before_p(gsi, load, ref, var))
		return true;
	if (from == to)
		return false;

	/* The load dominates its use: every way back ends at it. */
	auto_vec<basic_block> todo, seen;
	edge e;
	edge_iterator ei;

	todo.safe_push(to);
	while (!todo.is_empty()) {
		FOR_EACH_EDGE(e, ei, todo.pop()->preds) {
			if (seen.contains(e->src))
				continue;
			if (seen.length() == MOST_BLOCKS
			    || e->src == ENTRY_BLOCK_PTR_FOR_FN(cfun)
			    || changed_before_p(gsi_last_bb(e->src), load, ref, var))
				return true;
			seen.safe_push(e->src);
			if (e->src != from)
				todo.safe_push(e->src);
		}
	}
	return false;
}
