/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * calls.cc: calls through marked pointers.
 *
 *	_1 = fp; _1 (x)		-> __SCT__fp (x)
 */
#include "rewrite.h"
#include "target/target.h"
#include "staticcall/abi.h"

/* The lvalue whose address @addr is, an element not known at compile time too; or NULL. */
static tree addressed_by(tree addr)
{
	gimple *def = TREE_CODE(addr) == SSA_NAME ? SSA_NAME_DEF_STMT(addr) : NULL;

	if (def && gimple_assign_single_p(def))
		addr = gimple_assign_rhs1(def);
	return TREE_CODE(addr) == ADDR_EXPR ? TREE_OPERAND(addr, 0) : NULL_TREE;
}

/* Does a value of @type hold all that a pointer does? */
static bool holds_pointer_p(tree type)
{
	return (POINTER_TYPE_P(type) || INTEGRAL_TYPE_P(type))
	       && TYPE_PRECISION(type) >= POINTER_SIZE;
}

/* Is what the cast @def has made of a pointer still the pointer? */
static bool keeps_pointer_p(gimple *def)
{
	return CONVERT_EXPR_CODE_P(gimple_assign_rhs_code(def))
	       && holds_pointer_p(TREE_TYPE(gimple_assign_lhs(def)))
	       && holds_pointer_p(TREE_TYPE(gimple_assign_rhs1(def)));
}

/* Does the load of @ref give what the memory of one pointer holds? */
static bool whole_pointer_p(tree ref)
{
	return tree_fits_uhwi_p(TYPE_SIZE(TREE_TYPE(ref)))
	       && tree_to_uhwi(TYPE_SIZE(TREE_TYPE(ref))) == POINTER_SIZE
	       && holds_pointer_p(TREE_TYPE(ref)) && !reverse_storage_order_for_component_p(ref);
}

/*
 * The lvalue that the value of @tmp, used by @use, was loaded from; NULL if
 * from none.  @load: the statement.  @now: static_call(), which means the
 * target at the time of the call.
 */
static tree loaded_from(tree tmp, gimple *use, gimple **load, bool *now)
{
	for (int depth = 0; depth < 8 && sc_temp_p(tmp); depth++) {
		gimple *def = sc_temp_definition(tmp, use);

		if (!def)
			return NULL_TREE;
		if (sc_calls_runtime_p(def, STATIC_CALL_TARGET_SYMBOL)) {
			*load = def;
			*now = true;
			return addressed_by(gimple_call_arg(def, 0));
		}
		if (!gimple_assign_single_p(def)
		    && !(gimple_assign_cast_p(def) && keeps_pointer_p(def)))
			return NULL_TREE;

		tree rhs = gimple_assign_rhs1(def);

		if (gimple_assign_single_p(def) && !sc_temp_p(rhs)) {
			if (!whole_pointer_p(rhs))
				return NULL_TREE;
			*load = def;
			*now = false;
			return rhs;
		}
		use = def;
		tmp = rhs;
	}
	return NULL_TREE;
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

/*
 * The link-time optimizer has one declaration of a trampoline for all units, whose
 * pointers may be declared otherwise.  Is a call by @fntype made as any would be?
 */
static bool any_declaration_p(const struct sc_slot *slot, tree fntype)
{
	tree own = TREE_TYPE(slot->type);

	return !(flags_from_decl_or_type(fntype) & ECF_NORETURN)
	       && comp_type_attributes(fntype, build_type_attribute_variant(fntype, NULL_TREE)) == 1
	       && prototype_p(fntype) == prototype_p(own)
	       && stdarg_p(fntype) == stdarg_p(own)
	       && type_num_arguments(fntype) == type_num_arguments(own);
}

/*
 * Why the call of the pointer @ref, loaded by @load, cannot be made direct.  @cond: is it
 * to do nothing where the pointer is NULL?  Nothing may return from what does not
 * return: not a trampoline either.
 */
static const char *keep_indirect(gcall *call, gimple *load, tree ref, tree var, bool now,
				 bool *cond)
{
	enum sc_guarded guarded = SC_GUARDED;

	const char *why = sc_target_no_direct_call();
	struct sc_slot *slot;

	if (why) {
		say_once(gimple_location(call), why);
		return why;
	}
	slot = sc_slot_of(ref);
	if (!slot)
		return sc_why_no_slot(ref);
	if (sc_tramp_register_reserved_p())
		return "the unit has a register for itself that a trampoline needs";
	if (gimple_call_chain(call) || gimple_call_by_descriptor_p(call))
		return "it passes a static chain";
	if (!now)
		guarded = sc_guarded(call, slot, ref, var);
	*cond = guarded == SC_GUARDED && !gimple_call_noreturn_p(call);
	why = sc_target_no_direct_call_of(gimple_call_fntype(call), *cond);
	if (why)
		return why;
	if (flag_lto && !any_declaration_p(slot, gimple_call_fntype(call)))
		return "with -flto, its type's attributes would be those of other calls, too";
	if (!now && sc_changed_between_p(load, call, ref, var))
		return "the pointer may change between its evaluation and the call";
	/* C loads it once, or twice where nothing is optimized: neither skips the call. */
	if (guarded == SC_PERHAPS_GUARDED)
		return "memory is allocated between a test of the pointer and the call, and "
		       "who does that may change the pointer";
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
	if (sc_named_space_p(base))
		return "the pointer is in a named address space";
	return "the pointer is in a variable that is not marked";
}

/* Have @call, through the pointer that @ref denotes, be a direct one; @cond: tolerant. */
static void make_direct(struct sc_rewrite *rw, gcall *call, tree ref, bool cond)
{
	struct sc_slot *slot = sc_slot_of(ref);

	rw->orphans.safe_push(gimple_call_fn(call));
	gimple_call_set_fndecl(call, sc_key_tramp(&slot->keys[cond], gimple_call_fntype(call)));
	gimple_call_set_fntype(call, sc_slot_fntype(gimple_call_fntype(call)));
	slot->keys[cond].harden |= sc_target_hardening(current_function_decl, cond);
	sc_report_rewritten(gimple_location(call), slot, cond);
}

/* Why @call, of what @load has loaded from @ref, is none to be made direct; or NULL, and @cond. */
static const char *why_left(gcall *call, gimple *load, tree ref, bool now, bool *cond)
{
	tree var = ref ? sc_slot_var_of(ref) : NULL_TREE;
	const char *why;

	if (!var) {
		why = other_origin(gimple_call_fn(call), ref);
		if (now)
			sc_report_left(gimple_location(call), "static_call", why);
		else
			sc_report_other(gimple_location(call), why);
		return why;
	}
	why = keep_indirect(call, load, ref, var, now, cond);
	if (why)
		sc_report_left(gimple_location(call), sc_slot_name_of(ref), why);
	return why;
}

void sc_rewrite_call(struct sc_rewrite *rw, gcall *call)
{
	tree fn = gimple_call_fn(call), ref;
	gimple *load = NULL;
	bool now = false, cond = false;

	if (!fn || TREE_CODE(fn) == ADDR_EXPR)
		return;
	ref = sc_temp_p(fn) ? loaded_from(fn, call, &load, &now) : NULL_TREE;
	if (!why_left(call, load, ref, now, &cond)) {
		make_direct(rw, call, ref, cond);
		return;
	}
	if (!now)
		return;
	rw->told.add(load);
	if (gimple_call_noreturn_p(call))
		rw->targets.safe_push(as_a<gcall *>(load));
}
