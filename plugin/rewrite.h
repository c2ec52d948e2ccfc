/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rewrite.h: the parts of the GIMPLE pass, of which rewrite.cc has the whole.
 *
 * One direction: local.cc (pointers that are as good as a variable), then for each
 * statement calls.cc, stores.cc and addresses.cc, which ask between.cc, known.cc and
 * temps.cc.
 */
#ifndef SC_REWRITE_H
#define SC_REWRITE_H

#include "staticcall-plugin.h"

/*
 * struct sc_rewrite: what is known of the function that is being rewritten.
 * @fun:      the function.
 * @replaced: statements that set a local pointer which nobody reads any more.
 * @uses:     how often each temporary is read, if @uses_known.
 * @orphans:  temporaries of removed uses; what computes them may have become dead.
 */
struct sc_rewrite {
	function *fun;
	hash_set<gimple *> replaced;
	hash_map<tree, unsigned> uses;
	bool uses_known;
	auto_vec<tree> orphans;

	explicit sc_rewrite(function *fun) : fun(fun), uses_known(false) { }
};

/* local.cc: put what goes through a local pointer to one marked variable in terms of it. */
void sc_local_replace(struct sc_rewrite *rw);

/* calls.cc: make @call direct if it goes through a marked pointer. */
void sc_rewrite_call(struct sc_rewrite *rw, gcall *call);

/* stores.cc: turn the store of the statement at @gsi to a marked variable into an update. */
void sc_rewrite_store(gimple_stmt_iterator *gsi);

/* After the store at @gsi: have the runtime look at the @size bytes at @addr again. */
void sc_sync_after(gimple_stmt_iterator *gsi, tree addr, tree size);
void sc_sync_var_after(gimple_stmt_iterator *gsi, tree var);

/*
 * addresses.cc: where does the statement at @gsi put addresses of marked variables?
 * They escape, or the runtime is told what happens through them.
 */
void sc_scan_call(gimple_stmt_iterator *gsi, gcall *call);
void sc_scan_asm(gimple_stmt_iterator *gsi, gasm *stmt);
void sc_scan_omp_atomic(gimple_stmt_iterator *gsi);
void sc_scan_operands(struct sc_rewrite *rw, gimple_stmt_iterator *gsi);

/*
 * between.cc: may anything between @load and @call change the pointer @ref, which
 * @load has read from variable @var?
 */
bool sc_changed_between_p(gimple *load, gimple *call, tree ref, tree var);

/* known.cc: is @stmt a call of the runtime's function @symbol, with an argument? */
bool sc_calls_runtime_p(gimple *stmt, const char *symbol);

/*
 * Calls whose first argument is an address that they only store through or
 * load from: the size of what is stored, or zero for a load; NULL for others.
 */
tree sc_stores_through_first(gcall *call);

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
