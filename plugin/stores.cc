/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stores.cc: stores to marked variables.
 *
 *	fp = g			-> __static_call_store (&fp, g)
 *	ops = other		-> ops = other; __static_call_sync (&ops, sizeof ops)
 *	opaque = NULL		-> opaque = NULL; __static_call_sync (&opaque, sizeof opaque)
 *
 * The last one is a pointer that is marked by a name or a wildcard, and declared otherwise
 * in this unit.  What a sanitizer is to look at stays a store as well:
 *
 *	tbl[i] = g		-> tbl[i] = g; __static_call_sync (&tbl[i], sizeof tbl[i])
 */
#include "rewrite.h"
#include "target/target.h"
#include "staticcall/abi.h"

tree sc_runtime_function(const char *symbol, tree type)
{
	tree decl = build_fn_decl(symbol, sc_target_runtime_type(type));

	TREE_NOTHROW(decl) = 1;
	if (sc_target_noplt_p())
		DECL_ATTRIBUTES(decl) = tree_cons(get_identifier("noplt"), NULL_TREE,
						  DECL_ATTRIBUTES(decl));
	return decl;
}

static tree of_two(const char *symbol, tree arg1)
{
	return sc_runtime_function(symbol, build_function_type_list(void_type_node, ptr_type_node,
								    arg1, NULL_TREE));
}

/* Insert @call after the statement at @gsi, also where that ends its block. */
static void insert_after(gimple_stmt_iterator *gsi, gimple *call)
{
	gimple *stmt = gsi_stmt(*gsi);
	edge e;
	edge_iterator ei;

	gimple_set_location(call, gimple_location(stmt));
	gimple_set_block(call, gimple_block(stmt));
	if (!stmt_ends_bb_p(stmt)) {
		gsi_insert_after(gsi, call, GSI_NEW_STMT);
		return;
	}
	/* Each edge needs its own: "asm goto" has several. */
	FOR_EACH_EDGE(e, ei, gimple_bb(stmt)->succs)
		if (!(e->flags & (EDGE_EH | EDGE_ABNORMAL)))
			gsi_insert_on_edge(e, gimple_copy(call));
}

/* Is @var stored to where no call can follow?  Then its calls must read it. */
static bool escapes_p(gimple *stmt, tree var)
{
	if (!sc_keeps_registers_p())
		return false;
	sc_escape_by_store(var, gimple_location(stmt));
	return true;
}

void sc_sync_after(gimple_stmt_iterator *gsi, tree var, tree addr, tree size)
{
	static tree decl;

	if (escapes_p(gsi_stmt(*gsi), var))
		return;
	if (!decl) {
		decl = of_two(STATIC_CALL_SYNC_SYMBOL, size_type_node);
		sc_keep(decl);
	}
	sc_report_store(gimple_location(gsi_stmt(*gsi)), var);
	size = fold_convert(size_type_node, size);
	/* A declaration of memcpy() may say long where size_t is int. */
	if (!is_gimple_val(size)) {
		gimple *g = gimple_build_assign(create_tmp_reg(size_type_node), size);

		gimple_set_location(g, gimple_location(gsi_stmt(*gsi)));
		gsi_insert_before(gsi, g, GSI_SAME_STMT);
		size = gimple_assign_lhs(g);
	}
	insert_after(gsi, gimple_build_call(decl, 2, addr, size));
}

void sc_sync_var_after(gimple_stmt_iterator *gsi, tree var)
{
	sc_sync_after(gsi, var, build_fold_addr_expr(var), TYPE_SIZE_UNIT(TREE_TYPE(var)));
}

static gcall *store_call(tree addr, tree value)
{
	static tree decl;

	if (!decl) {
		decl = of_two(STATIC_CALL_STORE_SYMBOL, ptr_type_node);
		sc_keep(decl);
	}
	return gimple_build_call(decl, 2, addr, value);
}

/*
 * Does a sanitizer look at the stores of the function at hand?  It would not see the runtime's.
 * GCC manual, "Instrumentation Options", and no_sanitize in "Common Function Attributes".
 */
static bool checked_p(void)
{
	return sanitize_flags_p(SANITIZE_ADDRESS | SANITIZE_HWADDRESS | SANITIZE_THREAD
				| SANITIZE_NULL | SANITIZE_ALIGNMENT | SANITIZE_OBJECT_SIZE);
}

/* The same for what static_call_update() stores to: a load of it, in front, that is kept. */
void sc_check_update(gimple_stmt_iterator *gsi, gcall *call)
{
	bool batch = sc_calls_runtime_p(call, STATIC_CALL_BATCH_UPDATE_SYMBOL);

	if (!checked_p() || !(batch || sc_calls_runtime_p(call, STATIC_CALL_UPDATE_SYMBOL))
	    || gimple_call_num_args(call) < 2)
		return;

	tree fn = builtin_decl_explicit(POINTER_SIZE == 64 ? BUILT_IN_ATOMIC_LOAD_8
							   : BUILT_IN_ATOMIC_LOAD_4);
	gcall *load = gimple_build_call(fn, 2, gimple_call_arg(call, batch),
					build_int_cst(integer_type_node, MEMMODEL_RELAXED));

	gimple_set_location(load, gimple_location(call));
	gimple_set_block(load, gimple_block(call));
	gsi_insert_before(gsi, load, GSI_SAME_STMT);
}

/*
 * An atomic store of a pointer, in any order: the runtime's is sequentially consistent, and
 * who reads the new value finds no older calls, which a store of one's own cannot have.
 */
bool sc_store_atomically(gimple_stmt_iterator *gsi, tree ref)
{
	gimple *stmt = gsi_stmt(*gsi);
	gcall *call;

	if (!(gimple_call_builtin_p(stmt, BUILT_IN_ATOMIC_STORE_8) ? POINTER_SIZE == 64
	      : gimple_call_builtin_p(stmt, BUILT_IN_ATOMIC_STORE_4) && POINTER_SIZE == 32)
	    || !sc_slot_of(ref) || stmt_ends_bb_p(stmt) || checked_p() || sc_keeps_registers_p())
		return false;

	/* It stands for itself, see together.cc. */
	tree type = build_qualified_type(ptr_type_node, TYPE_QUAL_VOLATILE);
	tree addr = build1(ADDR_EXPR, build_pointer_type(type), unshare_expr(ref));
	tree value = create_tmp_reg(ptr_type_node);
	gimple *cast = gimple_build_assign(value, NOP_EXPR, gimple_call_arg(stmt, 1));

	gimple_set_location(cast, gimple_location(stmt));
	gsi_insert_before(gsi, cast, GSI_SAME_STMT);
	call = store_call(addr, value);
	gimple_set_location(call, gimple_location(stmt));
	gimple_set_block(call, gimple_block(stmt));
	sc_report_store(gimple_location(stmt), sc_slot_var_of(ref));
	gsi_replace(gsi, call, false);
	return true;
}

/* Turn the store of a pointer by the statement at @gsi into an update. */
static void rewrite_pointer_store(gimple_stmt_iterator *gsi, tree lhs)
{
	gimple *stmt = gsi_stmt(*gsi);
	tree addr = build_fold_addr_expr(unshare_expr(lhs));

	if (!is_gimple_val(addr)) {
		tree p = create_tmp_reg(TREE_TYPE(addr));
		gimple *g = gimple_build_assign(p, addr);

		gimple_set_location(g, gimple_location(stmt));
		gsi_insert_before(gsi, g, GSI_SAME_STMT);
		addr = p;
	}
	if (checked_p()) {
		sc_sync_after(gsi, sc_slot_var_of(lhs), addr, TYPE_SIZE_UNIT(TREE_TYPE(lhs)));
		return;
	}

	sc_report_store(gimple_location(stmt), sc_slot_var_of(lhs));

	tree tmp = create_tmp_reg(TYPE_MAIN_VARIANT(TREE_TYPE(lhs)));

	gimple_set_lhs(stmt, tmp);
	/* With -fnon-call-exceptions the store itself could throw. */
	if (maybe_clean_eh_stmt(stmt))
		gimple_purge_dead_eh_edges(gimple_bb(stmt));
	insert_after(gsi, store_call(addr, tmp));
}

bool sc_beyond_array_p(tree lhs)
{
	for (; handled_component_p(lhs); lhs = TREE_OPERAND(lhs, 0)) {
		if (TREE_CODE(lhs) != ARRAY_REF && TREE_CODE(lhs) != ARRAY_RANGE_REF)
			continue;

		tree size = TYPE_SIZE(TREE_TYPE(TREE_OPERAND(lhs, 0)));

		if (!size || integer_zerop(size))
			return true;
	}
	return false;
}

/* Does a store to @lhs, part of a marked variable, leave its pointers alone? */
static bool beside_pointers_p(tree lhs)
{
	unsigned align = BIGGEST_ALIGNMENT;

	if (!handled_component_p(lhs) || sc_slot_count(TREE_TYPE(lhs), &align)
	    || sc_beyond_array_p(lhs))
		return false;
	for (; handled_component_p(lhs); lhs = TREE_OPERAND(lhs, 0))
		if ((TREE_CODE(lhs) != COMPONENT_REF && TREE_CODE(lhs) != ARRAY_REF)
		    || TREE_CODE(TREE_TYPE(TREE_OPERAND(lhs, 0))) == UNION_TYPE)
			return false;
	return DECL_P(lhs);
}

/* A store to what is not marked here. */
static void store_unmarked(gimple_stmt_iterator *gsi, tree lhs)
{
	gimple *stmt = gsi_stmt(*gsi);
	tree value = gimple_assign_single_p(stmt) ? gimple_assign_rhs1(stmt) : NULL_TREE;
	tree var = sc_opaque_var_of(lhs, value);

	if (!var) {
		sc_unseen(lhs);
		return;
	}
	sc_sync_var_after(gsi, var);
}

void sc_rewrite_store(gimple_stmt_iterator *gsi)
{
	gimple *stmt = gsi_stmt(*gsi);
	tree lhs = gimple_get_lhs(stmt);
	tree var = lhs && !is_gimple_reg(lhs) ? sc_slot_var_of(lhs) : NULL_TREE;

	if (!var && lhs && !is_gimple_reg(lhs) && !gimple_clobber_p(stmt))
		store_unmarked(gsi, lhs);
	if (!var || gimple_clobber_p(stmt) || beside_pointers_p(lhs))
		return;
	if (escapes_p(stmt, var))
		return;
	/* An element whose place is not constant is known by its address. */
	if (POINTER_TYPE_P(TREE_TYPE(lhs))
	    && (FUNC_OR_METHOD_TYPE_P(TREE_TYPE(TREE_TYPE(lhs))) || sc_slot_of(lhs)))
		rewrite_pointer_store(gsi, lhs);
	else
		sc_sync_var_after(gsi, var);
}
