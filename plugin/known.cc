/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * known.cc: functions of which is known what they do with an address that they get.
 */
#include "rewrite.h"
#include "staticcall/abi.h"

bool sc_calls_runtime_p(gimple *stmt, const char *symbol)
{
	tree fn = is_gimple_call(stmt) ? gimple_call_fndecl(stmt) : NULL_TREE;

	return fn && TREE_PUBLIC(fn) && DECL_NAME(fn)
	       && !strcmp(IDENTIFIER_POINTER(DECL_NAME(fn)), symbol)
	       && gimple_call_num_args(stmt) >= 1;
}

bool sc_atomic_load_p(gcall *call)
{
	return gimple_call_builtin_p(call, BUILT_IN_ATOMIC_LOAD_4)
	       || gimple_call_builtin_p(call, BUILT_IN_ATOMIC_LOAD_8);
}

bool sc_relaxed_load_p(gcall *call)
{
	/* The lower bits: memmodel.h. */
	return sc_atomic_load_p(call) && tree_fits_uhwi_p(gimple_call_arg(call, 1))
	       && is_mm_relaxed(memmodel_from_int(tree_to_uhwi(gimple_call_arg(call, 1))));
}

tree sc_stores_through_first(gcall *call)
{
	tree fn = gimple_call_fndecl(call);

	if (sc_calls_runtime_p(call, STATIC_CALL_TARGET_SYMBOL)
	    || sc_calls_runtime_p(call, STATIC_CALL_UPDATE_SYMBOL)
	    || sc_calls_runtime_p(call, STATIC_CALL_STORE_SYMBOL)
	    || sc_calls_runtime_p(call, STATIC_CALL_SYNC_SYMBOL)
	    || sc_atomic_load_p(call))
		return size_zero_node;
	if (!fn || !fndecl_built_in_p(fn, BUILT_IN_NORMAL))
		return NULL_TREE;

	switch (DECL_FUNCTION_CODE(fn)) {
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

/* They are not all marked as const: those of the stack must stay in their order. */
static bool stores_nothing_p(gcall *call)
{
	tree fn = gimple_call_fndecl(call);

	if (gimple_call_internal_p(call))
		switch (gimple_call_internal_fn(call)) {
		case IFN_ASAN_MARK:
		case IFN_ASAN_CHECK:
		case IFN_UBSAN_NULL:
		case IFN_UBSAN_BOUNDS:
		case IFN_UBSAN_OBJECT_SIZE:
		case IFN_UBSAN_PTR:
		case IFN_UBSAN_VPTR:
		case IFN_FALLTHROUGH:
			return true;
		default:
			return false;
		}
	if (!fn || !fndecl_built_in_p(fn, BUILT_IN_NORMAL))
		return false;
	switch (DECL_FUNCTION_CODE(fn)) {
	case BUILT_IN_ALLOCA:
	case BUILT_IN_ALLOCA_WITH_ALIGN:
	case BUILT_IN_ALLOCA_WITH_ALIGN_AND_MAX:
	case BUILT_IN_STACK_SAVE:
	case BUILT_IN_STACK_RESTORE:
	case BUILT_IN_PREFETCH:
	case BUILT_IN_RETURN_ADDRESS:
	case BUILT_IN_FRAME_ADDRESS:
	case BUILT_IN_DWARF_CFA:
		return true;
	default:
		return false;
	}
}

bool sc_stores_only_through(gcall *call, int *arg)
{
	tree fn = gimple_call_fndecl(call);

	*arg = 0;
	if (sc_calls_runtime_p(call, STATIC_CALL_UPDATE_SYMBOL)
	    || sc_calls_runtime_p(call, STATIC_CALL_STORE_SYMBOL)
	    || sc_calls_runtime_p(call, STATIC_CALL_SYNC_SYMBOL))
		return true;
	if (gimple_call_internal_p(call, IFN_VA_ARG))
		return true;
	if (sc_calls_runtime_p(call, STATIC_CALL_TARGET_SYMBOL)) {
		*arg = -1;
		return true;
	}
	if (stores_nothing_p(call)) {
		*arg = -1;
		return true;
	}
	if (!fn || !fndecl_built_in_p(fn, BUILT_IN_NORMAL) || !gimple_call_num_args(call))
		return false;

	switch (DECL_FUNCTION_CODE(fn)) {
	case BUILT_IN_MEMCPY:
	case BUILT_IN_MEMMOVE:
	case BUILT_IN_MEMPCPY:
	case BUILT_IN_MEMSET:
	case BUILT_IN_BZERO:
	case BUILT_IN_STRCPY:
	case BUILT_IN_STRNCPY:
	case BUILT_IN_STPCPY:
	case BUILT_IN_STPNCPY:
	case BUILT_IN_STRCAT:
	case BUILT_IN_STRNCAT:
	case BUILT_IN_MEMCPY_CHK:
	case BUILT_IN_MEMMOVE_CHK:
	case BUILT_IN_MEMPCPY_CHK:
	case BUILT_IN_MEMSET_CHK:
	case BUILT_IN_STRCPY_CHK:
	case BUILT_IN_STRNCPY_CHK:
	case BUILT_IN_STPCPY_CHK:
	case BUILT_IN_STPNCPY_CHK:
	case BUILT_IN_STRCAT_CHK:
	case BUILT_IN_STRNCAT_CHK:
	case BUILT_IN_VA_START:
	case BUILT_IN_VA_END:
	case BUILT_IN_VA_COPY:
	case BUILT_IN_CLEAR_PADDING:
		return true;
	case BUILT_IN_BCOPY:
		*arg = 1;
		return true;
	case BUILT_IN_FREXP:
	case BUILT_IN_FREXPF:
	case BUILT_IN_MODF:
	case BUILT_IN_MODFF:
		*arg = 1;
		return true;
	default:
		return false;
	}
}

bool sc_allocates_p(tree fn)
{
	if (!fn || !fndecl_built_in_p(fn, BUILT_IN_NORMAL))
		return false;
	switch (DECL_FUNCTION_CODE(fn)) {
	case BUILT_IN_MALLOC:
	case BUILT_IN_CALLOC:
	case BUILT_IN_ALIGNED_ALLOC:
	case BUILT_IN_STRDUP:
	case BUILT_IN_STRNDUP:
		return true;
	default:
		return false;
	}
}

bool sc_barrier_p(gcall *call)
{
	tree fn = gimple_call_fndecl(call);

	if (!fn || !fndecl_built_in_p(fn, BUILT_IN_NORMAL))
		return false;

	const char *name = IDENTIFIER_POINTER(DECL_NAME(fn));

	return startswith(name, "__atomic_") || startswith(name, "__sync_")
	       || startswith(name, "GOMP_") || startswith(name, "GOACC_");
}

int sc_reads_through(gcall *call)
{
	tree fn = gimple_call_fndecl(call);

	if (sc_calls_runtime_p(call, STATIC_CALL_BATCH_UPDATE_SYMBOL))
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
