/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * local.cc: local pointers that hold the address of one marked variable, and never
 * anything else.
 *
 *	o = &ops; o->read (x); o->write = f;	-> ops.read (x); ops.write = f;
 *
 * What goes through such a pointer is put in terms of the variable, so that it is
 * seen for what it is, and the address has not left the plugin's sight.  A pointer
 * that is set in one place has no other value that a program may read, wherever it
 * is read.
 */
#define INCLUDE_MAP
#include <map>
#include "rewrite.h"

/* The only statement that sets a variable; NULL if there are several. */
typedef std::map<tree, gimple *> definitions;

static bool candidate_p(tree t)
{
	return VAR_P(t) && !is_global_var(t) && POINTER_TYPE_P(TREE_TYPE(t))
	       && !TREE_ADDRESSABLE(t) && !TREE_THIS_VOLATILE(t)
	       && !DECL_HARD_REGISTER(t) && !DECL_HAS_VALUE_EXPR_P(t);
}

static void add_definition(definitions &found, tree t, gimple *stmt)
{
	if (!t || !candidate_p(t))
		return;

	auto it = found.insert(std::make_pair(t, stmt));

	if (!it.second)
		it.first->second = NULL;
}

/* What sets which variable in @fun.  False where statements do so unseen. */
static bool find_definitions(function *fun, definitions &found)
{
	basic_block bb;

	FOR_EACH_BB_FN(bb, fun)
		for (auto gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi)) {
			gimple *stmt = gsi_stmt(gsi);

			if (is_gimple_omp(stmt))
				return false;
			if (is_gimple_debug(stmt) || gimple_clobber_p(stmt))
				continue;
			add_definition(found, gimple_get_lhs(stmt), stmt);

			gasm *as = dyn_cast<gasm *>(stmt);

			for (unsigned i = 0; as && i < gimple_asm_noutputs(as); i++)
				add_definition(found, TREE_VALUE(gimple_asm_output_op(as, i)),
					       as);
		}
	return true;
}

/* The constant address in a marked variable that @stmt assigns, or NULL. */
static tree marked_address(struct sc_rewrite *rw, gimple *stmt)
{
	poly_int64 offset;
	tree addr;

	if (!stmt || !gimple_assign_single_p(stmt) || rw->replaced.contains(stmt))
		return NULL_TREE;
	addr = gimple_assign_rhs1(stmt);
	if (TREE_CODE(addr) != ADDR_EXPR || !is_gimple_min_invariant(addr)
	    || !sc_slot_var_of(TREE_OPERAND(addr, 0))
	    || !get_addr_base_and_unit_offset(TREE_OPERAND(addr, 0), &offset))
		return NULL_TREE;
	return addr;
}

struct replacement {
	tree pointer, addr;
};

static tree replace_use(tree *tp, int *walk_subtrees, void *data)
{
	struct replacement *r =
		(struct replacement *)((struct walk_stmt_info *)data)->info;

	if (*tp == r->pointer)
		*tp = unshare_expr(r->addr);
	else if (TREE_CODE(*tp) == ADDR_EXPR) {
		/* What was relative to a register may have become a constant. */
		walk_tree(&TREE_OPERAND(*tp, 0), replace_use, data, NULL);
		recompute_tree_invariant_for_addr_expr(*tp);
		*walk_subtrees = 0;
	} else if (TREE_CODE(*tp) == MEM_REF && TREE_OPERAND(*tp, 0) == r->pointer) {
		/* Its base must be the variable itself. */
		poly_int64 offset;
		tree base = get_addr_base_and_unit_offset(TREE_OPERAND(r->addr, 0), &offset);
		tree old = *tp;

		*tp = build2_loc(EXPR_LOCATION(old), MEM_REF, TREE_TYPE(old),
				 build_fold_addr_expr(base),
				 wide_int_to_tree(TREE_TYPE(TREE_OPERAND(old, 1)),
						  mem_ref_offset(old) + offset));
		TREE_THIS_VOLATILE(*tp) = TREE_THIS_VOLATILE(old);
		TREE_SIDE_EFFECTS(*tp) = TREE_SIDE_EFFECTS(old);
		TREE_THIS_NOTRAP(*tp) = TREE_THIS_NOTRAP(old);
		*walk_subtrees = 0;
	}
	if (DECL_P(*tp) || TYPE_P(*tp))
		*walk_subtrees = 0;
	return NULL_TREE;
}

static void replace_uses(function *fun, struct replacement *r, gimple *definition)
{
	struct walk_stmt_info wi;
	basic_block bb;

	memset(&wi, 0, sizeof(wi));
	wi.info = r;
	FOR_EACH_BB_FN(bb, fun)
		for (auto gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi)) {
			gimple *stmt = gsi_stmt(gsi);

			if (stmt == definition || is_gimple_debug(stmt)
			    || gimple_clobber_p(stmt))
				continue;
			walk_gimple_op(stmt, replace_use, &wi);
			/* By a pointer it could trap: -fnon-call-exceptions. */
			if (maybe_clean_eh_stmt(stmt))
				gimple_purge_dead_eh_edges(bb);
		}
}

void sc_local_replace(struct sc_rewrite *rw)
{
	definitions found;
	bool again;

	if (!find_definitions(rw->fun, found))
		return;
	/* One may be set from another. */
	do {
		again = false;
		for (auto &it : found) {
			struct replacement r = { it.first, marked_address(rw, it.second) };

			if (!r.addr)
				continue;
			replace_uses(rw->fun, &r, it.second);
			rw->replaced.add(it.second);
			again = true;
		}
	} while (again);
}
