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

bool sc_internal_stores_through(internal_fn fn, unsigned *args)
{
	switch (fn) {
	case IFN_ASAN_CHECK:
	case IFN_ASAN_MARK:
	case IFN_FALLTHROUGH:
	case IFN_HWASAN_MARK:
	case IFN_UBSAN_BOUNDS:
	case IFN_UBSAN_NULL:
	case IFN_UBSAN_OBJECT_SIZE:
	case IFN_UBSAN_PTR:
	case IFN_UBSAN_VPTR:
		*args = 0;
		return true;
	case IFN_VA_ARG:
		*args = 1;
		return true;
	default:
		return false;
	}
}

bool sc_builtin_stores_through(tree fn, unsigned *args)
{
	/* Without a prototype what is an address may be given as a number. */
	if (!fn || !fndecl_built_in_p(fn, BUILT_IN_NORMAL) || !prototype_p(TREE_TYPE(fn)))
		return false;

	switch (DECL_FUNCTION_CODE(fn)) {
	case BUILT_IN_ALLOCA:
	case BUILT_IN_ALLOCA_WITH_ALIGN:
	case BUILT_IN_ALLOCA_WITH_ALIGN_AND_MAX:
	case BUILT_IN_STACK_SAVE:
	case BUILT_IN_STACK_RESTORE:
	case BUILT_IN_FRAME_ADDRESS:
	case BUILT_IN_RETURN_ADDRESS:
	case BUILT_IN_EXTRACT_RETURN_ADDR:
	case BUILT_IN_FROB_RETURN_ADDR:
	case BUILT_IN_DWARF_CFA:
		*args = 0;
		return true;
	case BUILT_IN_VA_START:
	case BUILT_IN_VA_COPY:
	case BUILT_IN_CLEAR_PADDING:
		*args = 1;
		return true;
	default:
		break;
	}

	attr_fnspec spec = builtin_fnspec(fn);

	if (!spec.known_p() || spec.global_memory_written_p())
		return false;
	*args = ~0u;
	for (unsigned i = 0; i < 8; i++)
		if (spec.arg_specified_p(i) && !spec.arg_maybe_written_p(i))
			*args &= ~(1u << i);
	return true;
}

bool sc_stores_through(gcall *call, unsigned *args)
{
	if (gimple_call_internal_p(call))
		return sc_internal_stores_through(gimple_call_internal_fn(call), args);
	if (sc_calls_runtime_p(call, STATIC_CALL_TARGET_SYMBOL)) {
		*args = 0;
		return true;
	}
	if (sc_calls_runtime_p(call, STATIC_CALL_UPDATE_SYMBOL)
	    || sc_calls_runtime_p(call, STATIC_CALL_STORE_SYMBOL)
	    || sc_calls_runtime_p(call, STATIC_CALL_SYNC_SYMBOL)) {
		*args = 1;
		return true;
	}
	return sc_builtin_stores_through(gimple_call_fndecl(call), args);
}

bool sc_allocates_p(tree fn)
{
	if (!fn || !fndecl_built_in_p(fn, BUILT_IN_NORMAL))
		return false;
	switch (DECL_FUNCTION_CODE(fn)) {
	case BUILT_IN_MALLOC:
	case BUILT_IN_CALLOC:
	case BUILT_IN_ALIGNED_ALLOC:
	case BUILT_IN_POSIX_MEMALIGN:
	case BUILT_IN_REALLOC:
	case BUILT_IN_FREE:
	case BUILT_IN_STRDUP:
	case BUILT_IN_STRNDUP:
		return true;
	default:
		return false;
	}
}

bool sc_leaves_p(int flags)
{
	return (flags & ECF_NORETURN) && ((flags & ECF_NOTHROW) || !flag_exceptions);
}

/*
 * POSIX, 2.4.1: a signal that a thread sends to itself, or unblocks, is delivered before such
 * a function returns.
 */
bool sc_signals_p(tree fn)
{
	static const char *const names[] = {
		"gsignal", "kill", "killpg", "pthread_kill", "pthread_sigmask", "pthread_sigqueue",
		"raise", "setcontext", "sigprocmask", "sigqueue", "sigrelse", "sigsetmask",
		"swapcontext", "syscall", "tgkill",
	};

	for (const char *name : names)
		if (DECL_NAME(fn) && id_equal(DECL_NAME(fn), name))
			return true;
	return false;
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
