/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rewrite.cc: the GIMPLE pass, right after the control flow graph is built.
 *
 * So early there is nothing to mend: no call graph edges yet, no SSA form, no
 * inlining and no profile, and it runs at every optimization level.
 */
#include "rewrite.h"

static void rewrite_stmt(struct sc_rewrite *rw, gimple_stmt_iterator *gsi)
{
	gimple *stmt = gsi_stmt(*gsi);

	switch (gimple_code(stmt)) {
	case GIMPLE_CALL:
		sc_scan_target(rw, as_a<gcall *>(stmt));
		sc_rewrite_call(rw, as_a<gcall *>(stmt));
		sc_rewrite_store(gsi);
		if (gsi_stmt(*gsi) == stmt)
			sc_scan_call(gsi, as_a<gcall *>(stmt));
		else {
			/* The store stands behind the call now. */
			gimple_stmt_iterator at = gsi_for_stmt(stmt);

			sc_scan_call(&at, as_a<gcall *>(stmt));
		}
		break;
	case GIMPLE_ASSIGN:
		if (!rw->replaced.contains(stmt))
			sc_scan_operands(rw, gsi);
		sc_rewrite_store(gsi);
		break;
	case GIMPLE_ASM:
		sc_scan_asm(gsi, as_a<gasm *>(stmt));
		break;
	case GIMPLE_OMP_ATOMIC_STORE:
		sc_scan_omp_atomic(gsi);
		break;
	case GIMPLE_COND:
		/* Compares addresses and passes none on. */
		break;
	default:
		if (!is_gimple_debug(stmt))
			sc_scan_operands(rw, gsi);
		break;
	}
}

static unsigned rewrite_function(function *fun)
{
	struct sc_rewrite rw(fun);
	basic_block bb;

	sc_local_replace(&rw);
	FOR_EACH_BB_FN(bb, fun)
		for (auto gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
			rewrite_stmt(&rw, &gsi);
	gsi_commit_edge_inserts();
	sc_stores_together(fun);
	sc_temp_remove_dead(&rw);
	sc_report_targets(&rw);
	sc_plain_targets(&rw);
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
