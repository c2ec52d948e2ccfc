/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * temps.cc: temporaries: what sets them, who reads them, and what nobody does.
 */
#include "rewrite.h"

bool sc_temp_p(tree t)
{
	return TREE_CODE(t) == SSA_NAME
	       || (VAR_P(t) && DECL_ARTIFICIAL(t) && !is_global_var(t)
		   && !TREE_ADDRESSABLE(t) && is_gimple_reg_type(TREE_TYPE(t)));
}

gimple *sc_temp_definition(tree tmp, gimple *use)
{
	if (TREE_CODE(tmp) == SSA_NAME)
		return SSA_NAME_DEF_STMT(tmp);

	/* Inside OpenMP bodies temporaries are variables. */
	gimple_stmt_iterator gsi = gsi_for_stmt(use);

	for (gsi_prev(&gsi); !gsi_end_p(gsi); gsi_prev(&gsi))
		if (gimple_get_lhs(gsi_stmt(gsi)) == tmp)
			return gsi_stmt(gsi);
	return NULL;
}

static tree count_use(tree *tp, int *walk_subtrees, void *data)
{
	struct walk_stmt_info *wi = (struct walk_stmt_info *)data;

	if (sc_temp_p(*tp) && !wi->is_lhs)
		((hash_map<tree, unsigned> *)wi->info)->get_or_insert(*tp)++;
	*walk_subtrees = !DECL_P(*tp) && !TYPE_P(*tp);
	return NULL_TREE;
}

/* There are no immediate uses before SSA form. */
static void count_uses(struct sc_rewrite *rw)
{
	struct walk_stmt_info wi;
	basic_block bb;

	memset(&wi, 0, sizeof(wi));
	wi.info = &rw->uses;
	FOR_EACH_BB_FN(bb, rw->fun)
		for (auto gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
			walk_gimple_op(gsi_stmt(gsi), count_use, &wi);
	rw->uses_known = true;
}

unsigned sc_temp_uses(struct sc_rewrite *rw, tree tmp)
{
	if (!rw->uses_known)
		count_uses(rw);

	unsigned *n = rw->uses.get(tmp);

	return n ? *n : 0;
}

void sc_temp_remove_dead(struct sc_rewrite *rw)
{
	if (rw->orphans.is_empty())
		return;
	rw->uses.empty();
	count_uses(rw);

	while (!rw->orphans.is_empty()) {
		tree tmp = rw->orphans.pop();

		/* A variable may have had several definitions; passes to come
		 * find out which of them are dead. */
		if (TREE_CODE(tmp) != SSA_NAME || rw->uses.get_or_insert(tmp))
			continue;

		gimple *def = SSA_NAME_DEF_STMT(tmp);

		if (!def || !gimple_bb(def) || stmt_ends_bb_p(def))
			continue;
		if (is_gimple_assign(def) && TREE_CODE(gimple_assign_rhs1(def)) == SSA_NAME) {
			rw->uses.get_or_insert(gimple_assign_rhs1(def))--;
			rw->orphans.safe_push(gimple_assign_rhs1(def));
		}

		auto gsi = gsi_for_stmt(def);

		gsi_remove(&gsi, true);
		release_ssa_name(tmp);
	}
}
