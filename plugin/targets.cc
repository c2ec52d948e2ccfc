/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * targets.cc: calls of __static_call_target() that remain: their value is kept, or called
 * by way of a register.
 *
 * Where the pointer is NULL it is a function that does nothing.  One that is declared not
 * to return must not get that for a target: what follows the call is not its caller's.
 */
#include "rewrite.h"
#include "staticcall/abi.h"

/* Is @addr the address of a pointer to a function that does not return? */
static bool noreturn_p(tree addr)
{
	tree type = TREE_CODE(addr) == ADDR_EXPR ? TREE_TYPE(TREE_OPERAND(addr, 0))
						 : TREE_TYPE(TREE_TYPE(addr));

	return POINTER_TYPE_P(type) && FUNC_OR_METHOD_TYPE_P(TREE_TYPE(type))
	       && (flags_from_decl_or_type(TREE_TYPE(type)) & ECF_NORETURN);
}

void sc_scan_target(struct sc_rewrite *rw, gcall *call)
{
	if (!sc_calls_runtime_p(call, STATIC_CALL_TARGET_SYMBOL))
		return;
	rw->asked.safe_push(call);
	if (noreturn_p(gimple_call_arg(call, 0)))
		rw->targets.safe_push(call);
}

/* Is @call still where it was, and neither dead nor replaced? */
static bool remains_p(gcall *call)
{
	return gimple_bb(call) && gsi_stmt(gsi_for_stmt(call)) == call;
}

void sc_report_targets(struct sc_rewrite *rw)
{
	gcall *call;
	unsigned i;

	FOR_EACH_VEC_ELT(rw->asked, i, call)
		if (remains_p(call) && !rw->told.contains(call))
			sc_report_left(gimple_location(call), "static_call",
				       "its value is kept, and not called in the same expression");
}

/* Have @call load the pointer itself. */
static void make_load(gcall *call)
{
	tree lhs = gimple_call_lhs(call), tmp = lhs;
	gimple_stmt_iterator gsi = gsi_for_stmt(call);
	tree any = build_pointer_type_for_mode(char_type_node, ptr_mode, true);

	if (!lhs)
		return;

	tree ref = build2(MEM_REF, TREE_TYPE(lhs), gimple_call_arg(call, 0),
			  build_int_cst(any, 0));

	TREE_THIS_VOLATILE(ref) = 1;
	TREE_SIDE_EFFECTS(ref) = 1;
	if (!is_gimple_reg(lhs)) {
		tmp = create_tmp_reg(TREE_TYPE(lhs));
		gsi_insert_after(&gsi, gimple_build_assign(lhs, tmp), GSI_SAME_STMT);
	}

	gimple *load = gimple_build_assign(tmp, ref);

	gimple_set_location(load, gimple_location(call));
	gimple_set_block(load, gimple_block(call));
	gsi_replace(&gsi, load, true);
}

void sc_plain_targets(struct sc_rewrite *rw)
{
	gcall *call;
	unsigned i;

	FOR_EACH_VEC_ELT(rw->targets, i, call)
		if (remains_p(call))
			make_load(call);
}
