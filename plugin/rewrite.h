/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rewrite.h: the parts of the GIMPLE pass, of which rewrite.cc has the whole.
 *
 * One direction: local.cc (pointers that are as good as a variable), then for each
 * statement calls.cc, stores.cc and addresses.cc, which ask guards.cc, between.cc, known.cc
 * and temps.cc; at last together.cc.
 */
#ifndef SC_REWRITE_H
#define SC_REWRITE_H

#include "staticcall-plugin.h"

/*
 * struct sc_rewrite: what is known of the function that is being rewritten.
 * @fun:      the function.
 * @replaced: statements that set a local pointer which nobody reads any more.
 * @uses:     how often each temporary is read, if @uses_known.
 * @asked:    calls of __static_call_target().
 * @told:     those of them of which is reported why they remain.
 * @targets:  those whose value must be the pointer's.
 * @orphans:  temporaries of removed uses; what computes them may have become dead.
 */
struct sc_rewrite {
	function *fun;
	hash_set<gimple *> replaced;
	hash_map<tree, unsigned> uses;
	bool uses_known;
	auto_vec<gcall *> asked, targets;
	hash_set<gimple *> told;
	auto_vec<tree> orphans;

	explicit sc_rewrite(function *fun) : fun(fun), uses_known(false) { }
};

/* local.cc: put what goes through a local pointer to one marked variable in terms of it. */
void sc_local_replace(struct sc_rewrite *rw);

/* calls.cc: make @call direct if it goes through a marked pointer. */
void sc_rewrite_call(struct sc_rewrite *rw, gcall *call);

/*
 * targets.cc: no pointer to a function that does not return may get a target that does
 * nothing.  Remember @call for that, and make plain loads of what is remembered.
 */
void sc_scan_target(struct sc_rewrite *rw, gcall *call);
void sc_plain_targets(struct sc_rewrite *rw);

/* Report those that remain, and were not called where they stand. */
void sc_report_targets(struct sc_rewrite *rw);

/*
 * registers.cc: does the unit have a register for itself that trampolines change?  Must this
 * function keep some that the runtime's functions change, and no code for that exists?
 */
bool sc_tramp_register_reserved_p(void);
bool sc_keeps_registers_p(void);

/* stores.cc: turn the store of the statement at @gsi to a marked variable into an update. */
void sc_rewrite_store(gimple_stmt_iterator *gsi);

/* Is the statement at @gsi an atomic store to the pointer @ref, and now an update? */
bool sc_store_atomically(gimple_stmt_iterator *gsi, tree ref);

/* Have a sanitizer look at what @call updates, if it is static_call_update() and there is one. */
void sc_check_update(gimple_stmt_iterator *gsi, gcall *call);

/* After the store at @gsi to @var: have the runtime look at the @size bytes at @addr again. */
void sc_sync_after(gimple_stmt_iterator *gsi, tree var, tree addr, tree size);
void sc_sync_var_after(gimple_stmt_iterator *gsi, tree var);

/* The runtime's function of this name and type. */
tree sc_runtime_function(const char *symbol, tree type);

/* together.cc: have the stores of @fun that stand one after another be one update. */
void sc_stores_together(function *fun);

/*
 * addresses.cc: where does the statement at @gsi put addresses of marked variables?
 * They escape, or the runtime is told what happens through them.
 */
void sc_scan_call(gimple_stmt_iterator *gsi, gcall *call);
void sc_scan_asm(gimple_stmt_iterator *gsi, gasm *stmt);
void sc_scan_omp_atomic(gimple_stmt_iterator *gsi);
void sc_scan_operands(struct sc_rewrite *rw, gimple_stmt_iterator *gsi);

/* Does @lhs reach by an element of an array of no known size, or of none, what is behind it? */
bool sc_beyond_array_p(tree lhs);

/* between.cc: may @stmt change what lvalue @ref in variable @var holds? */
bool sc_may_change_p(gimple *stmt, tree ref, tree var);

/* What is to be thought of allocators: that they are libc's (@libc)?  @met: it did matter. */
extern struct sc_allocators {
	bool libc, met;
} sc_allocators;
bool sc_allocator_may_change_p(void);

/* May anything happen where a block begins? */
bool sc_traced_p(void);

/* May a store to @lhs change it, if that is not NULL? */
bool sc_store_may_change_p(tree lhs, tree ref, tree var);

/* May a store through the pointer @ptr change variable @var? */
bool sc_may_point_p(tree ptr, tree var);

/* bodies.cc: may a call of @fn change it? */
bool sc_body_may_change_p(tree fn, tree ref, tree var);

/* Is what stands in @fn here what a call of it executes, and may GCC know that? */
bool sc_body_known_p(tree fn);

/*
 * May anything between @load and @use, which only @load leads to, change the pointer
 * @ref that @load has read from variable @var?
 */
bool sc_changed_between_p(gimple *load, gimple *use, tree ref, tree var);

/*
 * guards.cc: does the source itself see to it that the pointer @slot, which @ref in
 * variable @var denotes, is not NULL at @call?  PERHAPS: if allocators are libc's.
 */
enum sc_guarded { SC_NOT_GUARDED, SC_PERHAPS_GUARDED, SC_GUARDED };
enum sc_guarded sc_guarded(gcall *call, struct sc_slot *slot, tree ref, tree var);

/*
 * struct sc_test, values.cc: what is known of a number: how those of its bits that are in
 * @mask, taken for a number of its type, compare with @cst.
 */
struct sc_test {
	unsigned HOST_WIDE_INT mask;
	tree_code code;
	unsigned HOST_WIDE_INT cst;

	bool operator==(const sc_test &other) const
	{
		return mask == other.mask && code == other.code && cst == other.cst;
	}
	bool operator<(const sc_test &other) const
	{
		return mask != other.mask ? mask < other.mask
		       : code != other.code ? code < other.code : cst < other.cst;
	}
};

/* Is @type one of numbers, or of pointers, of which this can be known? */
bool sc_number_p(tree type);

/* "It compares so with @cst."  Is that true of @value? */
struct sc_test sc_test_of(tree type, tree_code code, unsigned HOST_WIDE_INT cst);
bool sc_passes(tree type, const struct sc_test *test, unsigned HOST_WIDE_INT value);

/*
 * Of what has become a value of @type by an operation @with or @by a constant, or by
 * conversion, @test is known.  What is known of that operand?  False: nothing.
 */
bool sc_before_conversion(tree to, tree from, struct sc_test *test);
bool sc_before_or(tree type, unsigned HOST_WIDE_INT with, struct sc_test *test);
bool sc_before_xor(tree type, unsigned HOST_WIDE_INT with, struct sc_test *test);
bool sc_before_plus(tree type, unsigned HOST_WIDE_INT with, struct sc_test *test);
bool sc_before_negation(tree type, struct sc_test *test);
bool sc_before_shift(tree type, unsigned HOST_WIDE_INT by, struct sc_test *test);

/* known.cc: is @stmt a call of the runtime's function @symbol, with an argument? */
bool sc_calls_runtime_p(gimple *stmt, const char *symbol);

/*
 * Calls whose first argument is an address that they only store through or
 * load from: the size of what is stored, or zero for a load; NULL for others.
 */
tree sc_stores_through_first(gcall *call);

/* Is @call an atomic load of a pointer's size; and one that orders nothing? */
bool sc_atomic_load_p(gcall *call);
bool sc_relaxed_load_p(gcall *call);

/*
 * Does @call, or a call of the built-in or internal function @fn, store to nothing but what some of its
 * arguments point to?  @args: a bit for each that may be one of them.  What is written of
 * functions of the C library GCC knows, and keeps pointers in registers across their calls.
 */
bool sc_stores_through(gcall *call, unsigned *args);
bool sc_builtin_stores_through(tree fn, unsigned *args);
bool sc_internal_stores_through(internal_fn fn, unsigned *args);

/*
 * Does function @fn, which may be NULL, only allocate, and change no other memory, if the
 * allocator is libc's?  GCC takes it to be; but it may be the program's own, and do anything.
 */
bool sc_allocates_p(tree fn);

/* Does nothing come behind a call with these @flags?  What it throws might be caught. */
bool sc_leaves_p(int flags);

/* May @fn run a handler of a signal before it returns? */
bool sc_signals_p(tree fn);

/* Does @call order what threads do?  GCC keeps no memory in registers across it. */
bool sc_barrier_p(gcall *call);

/* Which argument of @call is only read through, or known to the runtime?  -1: none. */
int sc_reads_through(gcall *call);

/* temps.cc: is @t a temporary that one statement of its function sets? */
bool sc_temp_p(tree t);

/* The statement that gives @tmp the value that @use reads. */
gimple *sc_temp_definition(tree tmp, gimple *use);

/* How often @tmp is read. */
unsigned sc_temp_uses(struct sc_rewrite *rw, tree tmp);

/* Remove what computes the orphans, where nobody else reads them. */
void sc_temp_remove_dead(struct sc_rewrite *rw);

#endif
