/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report.cc: -fplugin-arg-staticcall-report: what was marked, rewritten, left
 * alone and why, as notes at their places, and one summary a unit.
 */
#include "staticcall-plugin.h"

static unsigned n_marked, n_calls, n_stores, n_left, n_escaped;

void sc_report_rewritten(location_t loc, const struct sc_slot *slot, bool cond)
{
	n_calls++;
	if (sc_options.report)
		inform(loc, cond ? G_("static call of %qs; where that is NULL it does nothing")
				 : G_("static call of %qs"), slot->name);
}

void sc_report_store(location_t loc, tree var)
{
	n_stores++;
	if (sc_options.report)
		inform(loc, "store to %qD updates its static calls", var);
}

void sc_report_left(location_t loc, const char *name, const char *why)
{
	n_left++;
	if (sc_options.report)
		inform(loc, "call of %qs left as it is: %s", name, why);
}

/* An indirect call through something that could not be marked, or was not. */
void sc_report_other(location_t loc, const char *why)
{
	if (sc_options.report_all)
		inform(loc, "indirect call left as it is: %s", why);
}

void sc_report_escape(location_t loc, tree var)
{
	if (sc_options.report)
		inform(loc, "the address of %qD, marked %<static_call%> by a wildcard, is taken: "
		       "calls through it are never patched", var);
}

static void report_mark(tree var)
{
	n_marked++;
	inform(DECL_SOURCE_LOCATION(var), "%qD is marked %<static_call%>", var);
}

static void report_member(tree var, const char *member)
{
	if (sc_options_mark_member(var, member))
		inform(DECL_SOURCE_LOCATION(var), "%<%s%s%> is marked %<static_call%>",
		       sc_full_name(var), member);
}

static void report_lost(tree var, const char *entry)
{
	inform(DECL_SOURCE_LOCATION(var), "%qD has no pointer to a function that is called %qs",
	       var, entry);
}

static void report_part(tree var)
{
	if (TREE_READONLY(var) || DECL_THREAD_LOCAL_P(var) || flag_tm)
		return;
	n_marked += sc_slot_members_marked(var) != SC_UNMARKED;
	sc_slot_for_each_member(var, report_member);
	sc_options_for_each_lost(var, report_lost);
}

static void report_escape(tree)
{
	n_escaped++;
}

static void finish_unit(void *, void *)
{
	if (!sc_options.report)
		return;
	sc_mark_for_each(report_mark);
	sc_mark_for_each_part(report_part);
	sc_escape_for_each(report_escape);
	inform(UNKNOWN_LOCATION,
	       "static calls in %s: %u variables marked, %u calls and %u stores "
	       "rewritten, %u calls left, %u variables escaped",
	       main_input_filename, n_marked, n_calls, n_stores, n_left, n_escaped);
}

void sc_report_init(const char *plugin_name)
{
	register_callback(plugin_name, PLUGIN_FINISH_UNIT, finish_unit, NULL);
}
