/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rewrite.cc: the GIMPLE pass, right after the control flow graph is built.
 *
 * So early there is nothing to mend: no call graph edges yet, no SSA form, no
 * inlining and no profile, and it runs at every optimization level.
 *
 *	_1 = fp; _1 (x)		-> __SCT__fp (x)
 *	fp = g			-> __static_call_store (&fp, g)
 *	ops = other		-> ops = other; __static_call_sync (&ops, sizeof ops)
 */
#define INCLUDE_MAP
#include <map>
#include "staticcall-plugin.h"
#include "target/target.h"
#include "staticcall/abi.h"

/* Temporaries of removed uses; what computes them may have become dead. */
static vec<tree> orphans;

/* Is @t a temporary that one statement of this function sets? */
static bool temporary_p(tree t)
{
	return TREE_CODE(t) == SSA_NAME
	       || (VAR_P(t) && DECL_ARTIFICIAL(t) && !is_global_var(t)
		   && !TREE_ADDRESSABLE(t) && is_gimple_reg_type(TREE_TYPE(t)));
}

/* The statement that gives @tmp the value that @use reads. */
static gimple *definition(tree tmp, gimple *use)
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

/* How often each temporary is read in this function. */
typedef std::map<tree, unsigned> use_counts;

static tree count_use(tree *tp, int *walk_subtrees, void *data)
{
	struct walk_stmt_info *wi = (struct walk_stmt_info *)data;

	if (temporary_p(*tp) && !wi->is_lhs)
		(*(use_counts *)wi->info)[*tp]++;
	*walk_subtrees = !DECL_P(*tp) && !TYPE_P(*tp);
	return NULL_TREE;
}

/* There are no immediate uses before SSA form: count them once, when needed. */
static use_counts uses;
static bool uses_known;

static use_counts &count_uses(void)
{
	struct walk_stmt_info wi;
	basic_block bb;

	if (uses_known)
		return uses;
	uses_known = true;
	memset(&wi, 0, sizeof(wi));
	wi.info = &uses;
	FOR_EACH_BB_FN(bb, cfun)
		for (auto gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
			walk_gimple_op(gsi_stmt(gsi), count_use, &wi);
	return uses;
}

static void forget_uses(void)
{
	uses.clear();
	uses_known = false;
}

static bool calls_runtime_p(gimple *stmt, const char *symbol)
{
	tree fn = is_gimple_call(stmt) ? gimple_call_fndecl(stmt) : NULL_TREE;

	return fn && TREE_PUBLIC(fn) && DECL_NAME(fn)
	       && !strcmp(IDENTIFIER_POINTER(DECL_NAME(fn)), symbol)
	       && gimple_call_num_args(stmt) >= 1;
}

/*
 * The lvalue that the value of @tmp, used by @use, was loaded from; NULL if
 * from none.  @load: the statement.  @now: static_call(), which means the
 * target at the time of the call.
 */
static tree loaded_from(tree tmp, gimple *use, gimple **load, bool *now)
{
	for (int depth = 0; depth < 8 && temporary_p(tmp); depth++) {
		gimple *def = definition(tmp, use);

		if (!def)
			return NULL_TREE;
		if (calls_runtime_p(def, STATIC_CALL_TARGET_SYMBOL)) {
			tree arg = gimple_call_arg(def, 0);

			*load = def;
			*now = true;
			return TREE_CODE(arg) == ADDR_EXPR ? TREE_OPERAND(arg, 0)
							   : NULL_TREE;
		}
		if (!gimple_assign_single_p(def) && !gimple_assign_cast_p(def))
			return NULL_TREE;

		tree rhs = gimple_assign_rhs1(def);

		if (gimple_assign_single_p(def) && !temporary_p(rhs)) {
			*load = def;
			*now = false;
			return rhs;
		}
		use = def;
		tmp = rhs;
	}
	return NULL_TREE;
}

/* May @stmt change what lvalue @ref in variable @var holds? */
static bool may_change_p(gimple *stmt, tree ref, tree var)
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
			 & (ECF_CONST | ECF_PURE | ECF_NOVOPS));
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
		if (may_change_p(gsi_stmt(gsi), ref, var))
			return true;
	}
	return false;
}

/*
 * May anything between @load and @call change the pointer?  Where it may, the
 * plain program calls what the pointer held at the load, and so must we.
 */
static bool changed_between_p(gimple *load, gimple *call, tree ref, tree var)
{
	enum { MOST_BLOCKS = 64 };
	gimple_stmt_iterator gsi = gsi_for_stmt(call);
	basic_block from = gimple_bb(load), to = gimple_bb(call);

	gsi_prev(&gsi);
	if (changed_before_p(gsi, load, ref, var))
		return true;
	if (from == to)
		return false;

	/* The load dominates the call: every way back ends at it. */
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

/* Options that make every call indirect; correct, but not what was asked for. */
static void say_once(location_t loc, const char *why)
{
	static bool said;

	if (!said)
		warning_at(loc, 0, "calls through pointers marked %<static_call%> "
			   "stay indirect in this unit: %s", why);
	said = true;
}

/* Why the call of the pointer @ref, loaded by @load, cannot be made direct. */
static const char *keep_indirect(gcall *call, gimple *load, tree ref, tree var, bool now)
{
	const char *why = sc_target_no_direct_call();

	if (why) {
		say_once(gimple_location(call), why);
		return why;
	}
	if (!sc_slot_of(ref))
		return "which element it is, is not known at compile time";
	if (gimple_call_chain(call) || gimple_call_by_descriptor_p(call))
		return "it passes a static chain";
	why = sc_target_no_direct_call_of(gimple_call_fntype(call));
	if (why)
		return why;
	if (!now && changed_between_p(load, call, ref, var))
		return "the pointer may change between its evaluation and the call";
	return NULL;
}

/* What an indirect call of @fn goes through, where that is no marked pointer. */
static const char *other_origin(tree fn, tree ref)
{
	tree base = get_base_address(ref ? ref : fn);

	if (base && (TREE_CODE(base) == MEM_REF || TREE_CODE(base) == TARGET_MEM_REF))
		return "the pointer lies in an object reached by a pointer";
	if (!base || !DECL_P(base))
		return "the pointer is computed";
	if (TREE_CODE(base) == PARM_DECL)
		return "the pointer is a parameter";
	if (!is_global_var(base))
		return "the pointer is in an automatic variable";
	if (TREE_READONLY(base))
		return "the pointer is in a constant variable";
	if (DECL_THREAD_LOCAL_P(base))
		return "the pointer is in a thread-local variable";
	return "the pointer is in a variable that is not marked";
}

static void rewrite_call(gcall *call)
{
	tree fn = gimple_call_fn(call), ref, var;
	gimple *load = NULL;
	bool now = false;

	if (!fn || TREE_CODE(fn) == ADDR_EXPR)
		return;
	ref = temporary_p(fn) ? loaded_from(fn, call, &load, &now) : NULL_TREE;
	var = ref ? sc_slot_var_of(ref) : NULL_TREE;
	if (!var) {
		sc_report_other(gimple_location(call), other_origin(fn, ref));
		return;
	}

	const char *why = keep_indirect(call, load, ref, var, now);

	if (why) {
		sc_report_left(gimple_location(call), sc_full_name(var), why);
		return;
	}

	struct sc_slot *slot = sc_slot_of(ref);

	gimple_call_set_fndecl(call, sc_slot_tramp(slot));
	gimple_call_set_fntype(call, sc_slot_fntype(gimple_call_fntype(call)));
	orphans.safe_push(fn);
	sc_report_rewritten(gimple_location(call), slot);
}

static tree runtime_function(const char *symbol, tree arg1)
{
	tree type = build_function_type_list(void_type_node, ptr_type_node, arg1,
					     NULL_TREE);
	tree decl = build_fn_decl(symbol, type);

	TREE_NOTHROW(decl) = 1;
	return decl;
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

/* After the store at @gsi: have the runtime look at all of object @ref again. */
static void sync_after(gimple_stmt_iterator *gsi, tree addr, tree size)
{
	static tree decl;

	if (!decl) {
		decl = runtime_function(STATIC_CALL_SYNC_SYMBOL, size_type_node);
		sc_keep(decl);
	}
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

static void sync_var_after(gimple_stmt_iterator *gsi, tree var)
{
	sync_after(gsi, build_fold_addr_expr(var), TYPE_SIZE_UNIT(TREE_TYPE(var)));
}

/* Turn the store of a pointer by the statement at @gsi into an update. */
static void rewrite_pointer_store(gimple_stmt_iterator *gsi, tree lhs)
{
	static tree decl;
	gimple *stmt = gsi_stmt(*gsi);
	tree type = TYPE_MAIN_VARIANT(TREE_TYPE(lhs));
	tree tmp = create_tmp_reg(type);

	if (!decl) {
		decl = runtime_function(STATIC_CALL_STORE_SYMBOL, ptr_type_node);
		sc_keep(decl);
	}

	tree addr = build_fold_addr_expr(unshare_expr(lhs));

	if (!is_gimple_val(addr)) {
		tree p = create_tmp_reg(TREE_TYPE(addr));
		gimple *g = gimple_build_assign(p, addr);

		gimple_set_location(g, gimple_location(stmt));
		gsi_insert_before(gsi, g, GSI_SAME_STMT);
		addr = p;
	}
	gimple_set_lhs(stmt, tmp);
	/* With -fnon-call-exceptions the store itself could throw. */
	if (maybe_clean_eh_stmt(stmt))
		gimple_purge_dead_eh_edges(gimple_bb(stmt));
	insert_after(gsi, gimple_build_call(decl, 2, addr, tmp));
}

/* Does a store to @lhs, part of a marked variable, leave its pointers alone? */
static bool beside_pointers_p(tree lhs)
{
	unsigned align = BIGGEST_ALIGNMENT;

	if (!handled_component_p(lhs) || sc_slot_count(TREE_TYPE(lhs), &align))
		return false;
	for (; handled_component_p(lhs); lhs = TREE_OPERAND(lhs, 0))
		if ((TREE_CODE(lhs) != COMPONENT_REF && TREE_CODE(lhs) != ARRAY_REF)
		    || TREE_CODE(TREE_TYPE(TREE_OPERAND(lhs, 0))) == UNION_TYPE)
			return false;
	return DECL_P(lhs);
}

static void rewrite_store(gimple_stmt_iterator *gsi)
{
	gimple *stmt = gsi_stmt(*gsi);
	tree lhs = gimple_get_lhs(stmt);
	tree var = lhs && !is_gimple_reg(lhs) ? sc_slot_var_of(lhs) : NULL_TREE;

	if (!var || gimple_clobber_p(stmt) || beside_pointers_p(lhs))
		return;
	sc_report_store(gimple_location(stmt), var);
	/* An element whose place is not constant is known by its address. */
	if (POINTER_TYPE_P(TREE_TYPE(lhs))
	    && (FUNC_OR_METHOD_TYPE_P(TREE_TYPE(TREE_TYPE(lhs))) || sc_slot_of(lhs)))
		rewrite_pointer_store(gsi, lhs);
	else
		sync_var_after(gsi, var);
}

/*
 * Calls whose first argument is an address that they only store through or
 * load from: the size of what is stored, or zero for a load; NULL for others.
 */
static tree stores_through_first(gcall *call)
{
	tree fn = gimple_call_fndecl(call);

	if (calls_runtime_p(call, STATIC_CALL_TARGET_SYMBOL)
	    || calls_runtime_p(call, STATIC_CALL_UPDATE_SYMBOL)
	    || calls_runtime_p(call, STATIC_CALL_STORE_SYMBOL)
	    || calls_runtime_p(call, STATIC_CALL_SYNC_SYMBOL))
		return size_zero_node;
	if (!fn || !fndecl_built_in_p(fn, BUILT_IN_NORMAL))
		return NULL_TREE;

	switch (DECL_FUNCTION_CODE(fn)) {
	case BUILT_IN_ATOMIC_LOAD_4:
	case BUILT_IN_ATOMIC_LOAD_8:
		return size_zero_node;
	case BUILT_IN_ATOMIC_STORE_4:
	case BUILT_IN_ATOMIC_EXCHANGE_4:
	case BUILT_IN_ATOMIC_COMPARE_EXCHANGE_4:
	case BUILT_IN_SYNC_BOOL_COMPARE_AND_SWAP_4:
	case BUILT_IN_SYNC_VAL_COMPARE_AND_SWAP_4:
	case BUILT_IN_SYNC_LOCK_TEST_AND_SET_4:
		return size_int(4);
	case BUILT_IN_ATOMIC_STORE_8:
	case BUILT_IN_ATOMIC_EXCHANGE_8:
	case BUILT_IN_ATOMIC_COMPARE_EXCHANGE_8:
	case BUILT_IN_SYNC_BOOL_COMPARE_AND_SWAP_8:
	case BUILT_IN_SYNC_VAL_COMPARE_AND_SWAP_8:
	case BUILT_IN_SYNC_LOCK_TEST_AND_SET_8:
		return size_int(8);
	case BUILT_IN_MEMCPY:
	case BUILT_IN_MEMMOVE:
	case BUILT_IN_MEMSET:
		/* Their value is the address again. */
		return gimple_call_lhs(call) ? NULL_TREE : gimple_call_arg(call, 2);
	default:
		return NULL_TREE;
	}
}

/* Which argument of @call is only read through, or known to the runtime? */
static int reads_through(gcall *call)
{
	tree fn = gimple_call_fndecl(call);

	if (calls_runtime_p(call, STATIC_CALL_BATCH_UPDATE_SYMBOL))
		return 1;

	if (!fn || !fndecl_built_in_p(fn, BUILT_IN_NORMAL))
		return -1;
	switch (DECL_FUNCTION_CODE(fn)) {
	case BUILT_IN_MEMCPY:
	case BUILT_IN_MEMMOVE:
		return 1;
	default:
		return -1;
	}
}

/* The marked variable whose address @t is, or NULL. */
static tree address_of_marked(tree t)
{
	return t && TREE_CODE(t) == ADDR_EXPR ? sc_slot_var_of(TREE_OPERAND(t, 0))
					      : NULL_TREE;
}

static void scan_call_args(gimple_stmt_iterator *gsi, gcall *call)
{
	tree size = stores_through_first(call);
	int reads = reads_through(call);
	tree sync = NULL_TREE;

	for (unsigned i = 0; i < gimple_call_num_args(call); i++) {
		tree var = address_of_marked(gimple_call_arg(call, i));

		if (!var || (int)i == reads)
			continue;
		if (i == 0 && size)
			sync = integer_zerop(size) ? NULL_TREE : size;
		else
			sc_escape(var, gimple_location(call));
	}
	if (sync)
		sync_after(gsi, gimple_call_arg(call, 0), sync);
}

static void scan_asm(gimple_stmt_iterator *gsi, gasm *stmt)
{
	for (unsigned i = 0; i < gimple_asm_ninputs(stmt); i++) {
		tree var = address_of_marked(TREE_VALUE(gimple_asm_input_op(stmt, i)));

		if (var)
			sc_escape(var, gimple_location(stmt));
	}
	for (unsigned i = 0; i < gimple_asm_noutputs(stmt); i++) {
		tree op = TREE_VALUE(gimple_asm_output_op(stmt, i));
		tree var = is_gimple_reg(op) ? NULL_TREE : sc_slot_var_of(op);

		if (var)
			sync_var_after(gsi, var);
	}
}

/*
 * Does the statement at @gsi compute an address, "&tbl[i]", for one call that
 * does not let it out?  Then have the runtime follow what that call stores.
 */
static bool kept_in_p(gimple_stmt_iterator gsi)
{
	tree tmp = gimple_get_lhs(gsi_stmt(gsi)), size;

	if (!tmp || TREE_CODE(tmp) != SSA_NAME || count_uses()[tmp] != 1)
		return false;
	for (gsi_next(&gsi); !gsi_end_p(gsi); gsi_next(&gsi)) {
		gcall *call = dyn_cast<gcall *>(gsi_stmt(gsi));

		for (unsigned i = 0; call && i < gimple_call_num_args(call); i++) {
			if (gimple_call_arg(call, i) != tmp)
				continue;
			if ((int)i == reads_through(call))
				return true;
			size = i == 0 ? stores_through_first(call) : NULL_TREE;
			if (size && !integer_zerop(size))
				sync_after(&gsi, tmp, size);
			return size != NULL_TREE;
		}
	}
	return false;
}

static void scan_address(gimple_stmt_iterator *gsi, tree op)
{
	tree var = address_of_marked(op);

	if (var && !kept_in_p(*gsi))
		sc_escape(var, gimple_location(gsi_stmt(*gsi)));
}

static void scan_addresses(gimple_stmt_iterator *gsi)
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
				scan_address(gsi, value);
		else
			scan_address(gsi, op);
	}
}

/* "#pragma omp atomic": two statements, of which the first has the address. */
static void sync_omp_atomic(gimple_stmt_iterator *gsi)
{
	gimple *load = gsi_stmt(gsi_last_bb(single_pred(gsi_bb(*gsi))));
	tree addr = gimple_omp_atomic_load_rhs(as_a<gomp_atomic_load *>(load));
	tree var = address_of_marked(addr);

	if (var)
		sync_var_after(gsi, var);
}

static void rewrite_stmt(gimple_stmt_iterator *gsi)
{
	gimple *stmt = gsi_stmt(*gsi);

	switch (gimple_code(stmt)) {
	case GIMPLE_CALL:
		rewrite_call(as_a<gcall *>(stmt));
		rewrite_store(gsi);
		if (gsi_stmt(*gsi) == stmt)
			scan_call_args(gsi, as_a<gcall *>(stmt));
		else {
			/* The store stands behind the call now. */
			gimple_stmt_iterator at = gsi_for_stmt(stmt);

			scan_call_args(&at, as_a<gcall *>(stmt));
		}
		break;
	case GIMPLE_ASSIGN:
		if (!sc_local_replaced_p(stmt))
			scan_addresses(gsi);
		rewrite_store(gsi);
		break;
	case GIMPLE_ASM:
		scan_asm(gsi, as_a<gasm *>(stmt));
		break;
	case GIMPLE_OMP_ATOMIC_STORE:
		sync_omp_atomic(gsi);
		break;
	case GIMPLE_COND:
		/* Compares addresses and passes none on. */
		break;
	default:
		if (!is_gimple_debug(stmt))
			scan_addresses(gsi);
		break;
	}
}

/* Remove the loads that nobody uses since the calls are direct. */
static void remove_dead_loads(void)
{
	if (orphans.is_empty())
		return;
	forget_uses();
	count_uses();

	while (!orphans.is_empty()) {
		tree tmp = orphans.pop();

		/* A variable may have had several definitions; passes to come
		 * find out which of them are dead. */
		if (TREE_CODE(tmp) != SSA_NAME || uses[tmp])
			continue;

		gimple *def = SSA_NAME_DEF_STMT(tmp);

		if (!def || !gimple_bb(def) || stmt_ends_bb_p(def))
			continue;
		if (is_gimple_assign(def) && TREE_CODE(gimple_assign_rhs1(def)) == SSA_NAME) {
			uses[gimple_assign_rhs1(def)]--;
			orphans.safe_push(gimple_assign_rhs1(def));
		}

		auto gsi = gsi_for_stmt(def);

		gsi_remove(&gsi, true);
		release_ssa_name(tmp);
	}
}

static unsigned rewrite_function(function *fun)
{
	basic_block bb;

	sc_local_replace(fun);
	FOR_EACH_BB_FN(bb, fun)
		for (auto gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
			rewrite_stmt(&gsi);
	gsi_commit_edge_inserts();
	remove_dead_loads();
	forget_uses();
	return 0;
}

static const struct pass_data rewrite_data = {
	GIMPLE_PASS, "staticcall_rewrite", OPTGROUP_NONE, TV_NONE,
	PROP_gimple_any | PROP_cfg, 0, 0, 0, 0
};

class rewrite_pass : public gimple_opt_pass {
public:
	rewrite_pass() : gimple_opt_pass(rewrite_data, g) { }
	unsigned execute(function *fun) final override { return rewrite_function(fun); }
};

void sc_rewrite_init(const char *plugin_name)
{
	struct register_pass_info info = {
		new rewrite_pass(), "cfg", 1, PASS_POS_INSERT_AFTER
	};

	register_callback(plugin_name, PLUGIN_PASS_MANAGER_SETUP, NULL, &info);
}
