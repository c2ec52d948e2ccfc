/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * between.cc: may anything between the load of a pointer and its call change it?
 * Where it may, the plain program calls what the pointer held at the load, and so
 * must we.
 */
#include "rewrite.h"

/* What @var is an alias of, or NULL; @name: also where that is not declared here. */
static tree alias_target(tree var, tree *name)
{
	varpool_node *node = varpool_node::get(var);
	tree attr = lookup_attribute("alias", DECL_ATTRIBUTES(var));

	if (node && node->alias && node->analyzed && !node->weakref)
		return node->get_alias_target()->decl;
	if (!attr)
		return NULL_TREE;
	*name = get_identifier(TREE_STRING_POINTER(TREE_VALUE(TREE_VALUE(attr))));

	symtab_node *target = symtab_node::get_for_asmname(*name);

	return target && VAR_P(target->decl) ? target->decl : NULL_TREE;
}

/*
 * The name of the object that @var stands for, through aliases and weak references.
 * Another declaration of it has the same one.
 */
static tree object_name(tree var)
{
	tree name = NULL_TREE;

	for (int depth = 0; var && depth < 8; depth++) {
		name = DECL_ASSEMBLER_NAME(var);
		var = alias_target(var, &name);
	}
	return name;
}

static bool same_object_p(tree a, tree b)
{
	if (a == b)
		return true;
	if (!VAR_P(a) || !is_global_var(a) || DECL_THREAD_LOCAL_P(a) || DECL_HARD_REGISTER(a))
		return false;

	const char *s = IDENTIFIER_POINTER(object_name(a)), *t = IDENTIFIER_POINTER(object_name(b));

	return !strcmp(s + (*s == '*'), t + (*t == '*'));
}

/* Does nobody outside of this unit's own statements know where @var is? */
static bool private_p(tree var)
{
	varpool_node *node = varpool_node::get(var);

	return TREE_STATIC(var) && !DECL_EXTERNAL(var) && !TREE_ADDRESSABLE(var)
	       && (!TREE_PUBLIC(var) || sc_lto_published_p(var))
	       && !(node && node->has_aliases_p())
	       && !lookup_attribute("used", DECL_ATTRIBUTES(var));
}

/* The array of variable size that the variable @ptr was made to hold the address of, or NULL. */
static tree variable_array(tree ptr)
{
	struct function *fun = DECL_CONTEXT(ptr) && TREE_CODE(DECL_CONTEXT(ptr)) == FUNCTION_DECL
			       ? DECL_STRUCT_FUNCTION(DECL_CONTEXT(ptr)) : NULL;
	tree var;
	unsigned i;

	if (!fun || !DECL_ARTIFICIAL(ptr) || TREE_ADDRESSABLE(ptr))
		return NULL_TREE;
	FOR_EACH_LOCAL_DECL(fun, i, var)
		if (VAR_P(var) && DECL_HAS_VALUE_EXPR_P(var)
		    && TREE_CODE(DECL_SIZE_UNIT(var)) != INTEGER_CST
		    && TREE_CODE(DECL_VALUE_EXPR(var)) == INDIRECT_REF
		    && TREE_OPERAND(DECL_VALUE_EXPR(var), 0) == ptr)
			return var;
	return NULL_TREE;
}

/* The declared object that the address @ptr is in, as far as it is computed here; or NULL. */
static tree pointed_to(tree ptr)
{
	for (int depth = 0; depth < 8; depth++) {
		if (TREE_CODE(ptr) == ADDR_EXPR) {
			tree base = get_base_address(TREE_OPERAND(ptr, 0));

			if (!base || DECL_P(base))
				return base;
			if (TREE_CODE(base) != MEM_REF)
				return NULL_TREE;
			ptr = TREE_OPERAND(base, 0);
			continue;
		}
		if (CONVERT_EXPR_P(ptr)) {
			ptr = TREE_OPERAND(ptr, 0);
			continue;
		}
		if (VAR_P(ptr))
			return variable_array(ptr);

		gimple *def = TREE_CODE(ptr) == SSA_NAME ? SSA_NAME_DEF_STMT(ptr) : NULL;

		if (!def || !is_gimple_assign(def)
		    || (!gimple_assign_single_p(def)
			&& !CONVERT_EXPR_CODE_P(gimple_assign_rhs_code(def))
			&& gimple_assign_rhs_code(def) != POINTER_PLUS_EXPR))
			return NULL_TREE;
		ptr = gimple_assign_rhs1(def);
	}
	return NULL_TREE;
}

bool sc_may_point_p(tree ptr, tree var)
{
	tree object = pointed_to(ptr);

	return object ? same_object_p(object, var) : !private_p(var);
}

/* Do lvalues @a and @b, both in one variable, have bytes in common? */
static bool overlap_p(tree a, tree b)
{
	poly_int64 offset[2], size, max[2];
	bool reverse;

	if (sc_beyond_array_p(a) || sc_beyond_array_p(b))
		return true;
	get_ref_base_and_extent(a, &offset[0], &size, &max[0], &reverse);
	get_ref_base_and_extent(b, &offset[1], &size, &max[1], &reverse);
	return ranges_maybe_overlap_p(offset[0], max[0], offset[1], max[1]);
}

/* Does it take other types than those that are accessed here?  C11 6.5p7. */
static bool types_conflict_p(tree lhs, tree ref, tree var)
{
	return alias_sets_conflict_p(get_alias_set(lhs), get_alias_set(ref))
	       && alias_sets_conflict_p(get_alias_set(get_base_address(lhs)),
					get_alias_set(var));
}

bool sc_store_may_change_p(tree lhs, tree ref, tree var)
{
	tree base = lhs ? get_base_address(lhs) : NULL_TREE;

	if (!base || TREE_CODE(base) == SSA_NAME)
		return false;
	if (base == var)
		return overlap_p(lhs, ref);
	/* One object may have several declarations, by block scope. */
	if (DECL_P(base))
		return same_object_p(base, var);
	if (TREE_CODE(base) != MEM_REF && TREE_CODE(base) != INDIRECT_REF)
		return true;
	return sc_may_point_p(TREE_OPERAND(base, 0), var) && types_conflict_p(lhs, ref, var);
}

/*
 * GCC manual, "Common Function Attributes", leaf: none of this unit's functions runs then, but
 * perhaps its handler of a signal.
 */
static bool leaf_p(gcall *call)
{
	tree fn = gimple_call_fndecl(call);
	cgraph_node *node = fn ? cgraph_node::get(fn) : NULL;

	return fn && (gimple_call_flags(call) & ECF_LEAF) && !sc_barrier_p(call)
	       && !sc_signals_p(fn) && !(node && node->definition);
}

/*
 * Does the program's own __sanitizer_cov_trace_pc() run wherever a block begins?  With
 * optimization GCC inserts it when it has read the pointer once for test and call.
 */
bool sc_traced_p(void)
{
	return flag_sanitize_coverage && !optimize;
}

struct sc_allocators sc_allocators;

/*
 * One of the program's own may set pointers of other units the first time, or by hooks.
 * GCC loads a pointer before it and calls what that was.
 */
bool sc_allocator_may_change_p(void)
{
	sc_allocators.met = true;
	return !sc_allocators.libc;
}

static bool call_may_change_p(gcall *call, tree ref, tree var)
{
	int flags = gimple_call_flags(call);
	unsigned through;

	if (sc_store_may_change_p(gimple_call_lhs(call), ref, var))
		return true;
	if ((flags & (ECF_CONST | ECF_PURE | ECF_NOVOPS)) || sc_relaxed_load_p(call)
	    || sc_leaves_p(flags))
		return false;
	if (flags & ECF_RETURNS_TWICE)
		return true;
	/* A volatile one is what handlers may store to. */
	if (leaf_p(call) && private_p(var) && !TREE_THIS_VOLATILE(ref))
		return false;
	if (sc_allocates_p(gimple_call_fndecl(call)))
		return sc_allocator_may_change_p();
	if (sc_stores_through(call, &through)) {
		for (unsigned i = 0; i < gimple_call_num_args(call); i++, through >>= 1)
			if ((through & 1) && POINTER_TYPE_P(TREE_TYPE(gimple_call_arg(call, i)))
			    && sc_may_point_p(gimple_call_arg(call, i), var))
				return true;
		return false;
	}
	return !gimple_call_fndecl(call)
	       || sc_body_may_change_p(gimple_call_fndecl(call), ref, var);
}

/* GCC manual, "Clobbers and Scratch Registers": only its outputs, if it names no memory. */
static bool asm_may_change_p(gasm *stmt, tree ref, tree var)
{
	if (gimple_asm_clobbers_memory_p(stmt))
		return true;
	for (unsigned i = 0; i < gimple_asm_noutputs(stmt); i++)
		if (sc_store_may_change_p(TREE_VALUE(gimple_asm_output_op(stmt, i)), ref, var))
			return true;
	return false;
}

bool sc_may_change_p(gimple *stmt, tree ref, tree var)
{
	if (is_gimple_debug(stmt) || gimple_clobber_p(stmt))
		return false;

	switch (gimple_code(stmt)) {
	case GIMPLE_ASSIGN:
		return sc_store_may_change_p(gimple_assign_lhs(stmt), ref, var);
	case GIMPLE_CALL:
		return call_may_change_p(as_a<gcall *>(stmt), ref, var);
	case GIMPLE_ASM:
		return asm_may_change_p(as_a<gasm *>(stmt), ref, var);
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

/*
 * Is there such a statement from @gsi on, back to @load or the block's start; or too many
 * of any kind to look at for each call?  @most: how many more may be.
 */
static bool changed_before_p(gimple_stmt_iterator gsi, gimple *load, tree ref, tree var,
			     unsigned *most)
{
	for (; !gsi_end_p(gsi); gsi_prev(&gsi)) {
		if (gsi_stmt(gsi) == load)
			return false;
		if (!(*most)-- || sc_may_change_p(gsi_stmt(gsi), ref, var))
			return true;
	}
	return false;
}

bool sc_changed_between_p(gimple *load, gimple *use, tree ref, tree var)
{
	enum { MOST_BLOCKS = 64, MOST_STATEMENTS = 1000 };
	gimple_stmt_iterator gsi = gsi_for_stmt(use);
	unsigned most = MOST_STATEMENTS;
	basic_block from = gimple_bb(load), to = gimple_bb(use);

	gsi_prev(&gsi);
	if (changed_before_p(gsi, load, ref, var, &most))
		return true;
	if (from == to)
		return false;
	if (sc_traced_p())
		return true;

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
			    || changed_before_p(gsi_last_bb(e->src), load, ref, var, &most))
				return true;
			seen.safe_push(e->src);
			if (e->src != from)
				todo.safe_push(e->src);
		}
	}
	return false;
}
