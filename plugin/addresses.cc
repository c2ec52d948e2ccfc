/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * addresses.cc: addresses of marked variables in statements.  They escape, but for
 * those that are known to stay where the runtime hears of each store through them.
 */
#include "rewrite.h"

/* The marked variable whose address @t is, or NULL.  Another variable may be stored to. */
static tree address_of_marked(tree t)
{
	tree var;

	if (!t || TREE_CODE(t) != ADDR_EXPR)
		return NULL_TREE;
	var = sc_slot_var_of(TREE_OPERAND(t, 0));
	if (!var)
		sc_unseen(TREE_OPERAND(t, 0));
	return var;
}

void sc_scan_call(gimple_stmt_iterator *gsi, gcall *call)
{
	tree size = sc_stores_through_first(call);
	int reads = sc_reads_through(call);
	tree stored = NULL_TREE;

	sc_check_update(gsi, call);
	if (size && address_of_marked(gimple_call_arg(call, 0))
	    && sc_store_atomically(gsi, TREE_OPERAND(gimple_call_arg(call, 0), 0)))
		return;
	for (unsigned i = 0; i < gimple_call_num_args(call); i++) {
		if ((int)i == reads || (i == 0 && size && integer_zerop(size)))
			continue;

		tree var = address_of_marked(gimple_call_arg(call, i));

		if (!var)
			continue;
		if (i == 0 && size)
			stored = var;
		else
			sc_escape(var, gimple_location(call));
	}
	if (stored)
		sc_sync_after(gsi, stored, gimple_call_arg(call, 0), size);
}

static bool clobbers_memory_p(gasm *stmt)
{
	for (unsigned i = 0; i < gimple_asm_nclobbers(stmt); i++)
		if (!strcmp(TREE_STRING_POINTER(TREE_VALUE(gimple_asm_clobber_op(stmt, i))),
			    "memory"))
			return true;
	return false;
}

/* What is in memory there the statement may change. */
static void scan_asm_memory(gimple_stmt_iterator *gsi, tree op)
{
	tree var = is_gimple_reg(op) ? NULL_TREE : sc_slot_var_of(op);

	if (var)
		sc_sync_var_after(gsi, var);
	else if (!is_gimple_reg(op))
		sc_unseen(op);
}

void sc_scan_asm(gimple_stmt_iterator *gsi, gasm *stmt)
{
	/* It shall not change inputs, but with this it can, and many do. */
	bool any = clobbers_memory_p(stmt);

	for (unsigned i = 0; i < gimple_asm_ninputs(stmt); i++) {
		tree op = TREE_VALUE(gimple_asm_input_op(stmt, i));
		tree var = address_of_marked(op);

		if (var)
			sc_escape(var, gimple_location(stmt));
		else if (any)
			scan_asm_memory(gsi, op);
	}
	for (unsigned i = 0; i < gimple_asm_noutputs(stmt); i++)
		scan_asm_memory(gsi, TREE_VALUE(gimple_asm_output_op(stmt, i)));
}

/*
 * Does the statement at @gsi compute an address in @var, "&tbl[i]", for one call that
 * does not let it out?  Then have the runtime follow what that call stores.
 */
static bool kept_in_p(struct sc_rewrite *rw, gimple_stmt_iterator gsi, tree var)
{
	tree tmp = gimple_get_lhs(gsi_stmt(gsi)), size;

	if (!tmp || TREE_CODE(tmp) != SSA_NAME || sc_temp_uses(rw, tmp) != 1)
		return false;
	for (gsi_next(&gsi); !gsi_end_p(gsi); gsi_next(&gsi)) {
		gcall *call = dyn_cast<gcall *>(gsi_stmt(gsi));

		for (unsigned i = 0; call && i < gimple_call_num_args(call); i++) {
			if (gimple_call_arg(call, i) != tmp)
				continue;
			if ((int)i == sc_reads_through(call))
				return true;
			size = i == 0 ? sc_stores_through_first(call) : NULL_TREE;
			if (size && !integer_zerop(size))
				sc_sync_after(&gsi, var, tmp, size);
			return size != NULL_TREE;
		}
	}
	return false;
}

static void scan_address(struct sc_rewrite *rw, gimple_stmt_iterator *gsi, tree op)
{
	tree var = address_of_marked(op);

	if (var && !kept_in_p(rw, *gsi, var))
		sc_escape(var, gimple_location(gsi_stmt(*gsi)));
}

void sc_scan_operands(struct sc_rewrite *rw, gimple_stmt_iterator *gsi)
{
	gimple *stmt = gsi_stmt(*gsi);

	if (is_gimple_assign(stmt)
	    && TREE_CODE_CLASS(gimple_assign_rhs_code(stmt)) == tcc_comparison)
		return;
	for (unsigned i = 0; i < gimple_num_ops(stmt); i++) {
		tree op = gimple_op(stmt, i), value;
		unsigned HOST_WIDE_INT ix;

		if (op && TREE_CODE(op) == CONSTRUCTOR)
			FOR_EACH_CONSTRUCTOR_VALUE(CONSTRUCTOR_ELTS(op), ix, value)
				scan_address(rw, gsi, value);
		else
			scan_address(rw, gsi, op);
	}
}

/* "#pragma omp atomic": two statements, of which the first has the address. */
void sc_scan_omp_atomic(gimple_stmt_iterator *gsi)
{
	gimple *load = gsi_stmt(gsi_last_bb(single_pred(gsi_bb(*gsi))));
	tree addr = gimple_omp_atomic_load_rhs(as_a<gomp_atomic_load *>(load));
	tree var = address_of_marked(addr);

	if (var)
		sc_sync_var_after(gsi, var);
}
