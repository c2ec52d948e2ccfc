/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report.cc: -fplugin-arg-staticcall-report: what was marked, rewritten, left
 * alone and why, as notes at their places, and one summary a unit.
 */
#define INCLUDE_SET
#define INCLUDE_STRING
#include <set>
#include <string>
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


static void report_member(tree var, const char *member)
{
	if (sc_options_mark_member(var, member))
		inform(DECL_SOURCE_LOCATION(var), "%<%s%s%> is marked %<static_call%>",
		       sc_full_name(var), member);
}

static void report_lost(tree var, const char *entry)
{
	inform(DECL_SOURCE_LOCATION(var), "no pointer to a function in %qD fits %qs",
	       var, entry);
}

static void report_mark(tree var)
{
	n_marked++;
	inform(DECL_SOURCE_LOCATION(var), "%qD is marked %<static_call%>", var);
	sc_options_for_each_lost(var, report_lost);
}

static void report_part(tree var)
{
	if (DECL_THREAD_LOCAL_P(var) || flag_tm)
		return;
	n_marked += sc_slot_members_marked(var) != SC_UNMARKED;
	sc_slot_for_each_member(var, report_member);
	sc_options_for_each_lost(var, report_lost);
}

static void report_escape(tree)
{
	n_escaped++;
}

/* A name that nobody has may be a slip of the pen, or stand in a list that is for all files. */
static const unsigned max_unused = 10;
static unsigned n_unused;
static std::string unused;

static void add_unused(const char *entry)
{
	static std::set<std::string> told;

	if (told.insert(entry).second && n_unused++ < max_unused)
		unused += std::string(unused.empty() ? "'" : ", '") + entry + "'";
}

static void report_unused(void)
{
	sc_options_for_each_unused(add_unused);
	if (n_unused > max_unused)
		unused += " and " + std::to_string(n_unused - max_unused) + " more";
	if (n_unused)
		inform(UNKNOWN_LOCATION, "static calls in %s: no variable here fits %s",
		       main_input_filename, unused.c_str());
}

static std::string count(unsigned n, const char *what)
{
	return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

static void before_ipa(void *, void *)
{
	cgraph_node *node;

	if (!sc_options.report)
		return;
	FOR_EACH_FUNCTION(node)
		if (sc_options_names_p(node->decl)) {
			inform(DECL_SOURCE_LOCATION(node->decl), "%qD cannot be marked "
			       "%<static_call%>: it is a function, and no variable", node->decl);
			sc_options_note(node->decl);
		}
}

static void finish_unit(void *, void *)
{
	if (!sc_options.report)
		return;
	sc_mark_for_each(report_mark);
	sc_mark_for_each_part(report_part);
	sc_escape_for_each(report_escape);
	report_unused();
	inform(UNKNOWN_LOCATION,
	       "static calls in %s: %s marked, %s and %s rewritten, %s left, %s escaped",
	       main_input_filename, count(n_marked, "variable").c_str(),
	       count(n_calls, "call").c_str(), count(n_stores, "store").c_str(),
	       count(n_left, "call").c_str(), count(n_escaped, "variable").c_str());
}

void sc_report_init(const char *plugin_name)
{
	register_callback(plugin_name, PLUGIN_ALL_IPA_PASSES_START, before_ipa, NULL);
	register_callback(plugin_name, PLUGIN_FINISH_UNIT, finish_unit, NULL);
}
