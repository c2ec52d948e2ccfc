/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plugin.cc: where GCC enters.
 */
#include "staticcall-plugin.h"
#include "plugin-version.h"

int plugin_is_GPL_compatible;

static struct plugin_info info = {
	"0.1.0",
	"calls through function pointers marked __attribute__((static_call)) become "
	"direct calls that libstaticcall patches\n"
	"  -fplugin-arg-staticcall-mark=NAME,...    mark pointers by name or glob, !NAME takes back\n"
	"  -fplugin-arg-staticcall-mark-file=FILE   the same, one a line\n"
	"  -fplugin-arg-staticcall-align=word|none  how call sites are aligned\n"
	"  -fplugin-arg-staticcall-report[=all]     say what was done, and why not\n"
	"  -fplugin-arg-staticcall-tramp=literal|two-slot  how trampolines reach far targets\n"
	"  -fplugin-arg-staticcall-mode=user|kernel kernel: record the calls of __SCT__* only\n"
};

/*
 * How many copies of the plugin there are, in whatever files: GCC gives them one space of
 * symbols, in which the first copy's are those of all.
 */
int staticcall_plugins;

int plugin_init(struct plugin_name_args *args, struct plugin_gcc_version *version)
{
	const char *name = args->base_name;

	if (staticcall_plugins++) {
		error("%qs is a second copy of the staticcall plugin: name one only", args->full_name);
		return 0;
	}
	if (!plugin_default_version_check(version, &gcc_version)) {
		error("the staticcall plugin was built for GCC %s, this is GCC %s; use the one of "
		      "%<pkg-config --cflags staticcall-gcc%d%>, or build it with "
		      "%<make CC=gcc-%d%>",
		      gcc_version.basever, version->basever, atoi(version->basever),
		      atoi(version->basever));
		return 1;
	}
	register_callback(name, PLUGIN_INFO, NULL, &info);
	if (!sc_options_init(args))
		return 0;
	sc_depend_init(name);
	if (sc_options.kernel) {
		sc_kernel_init(name);
		return 0;
	}
	sc_site_init();
	sc_record_init(name);
	sc_lto_init(name);
	/* What the link-time optimizer reads has been rewritten already. */
	if (sc_lto_link())
		return 0;
	/* Of callbacks for one event, the last one runs first; this needs all escapes. */
	sc_emit_init(name);
	sc_mark_init(name);
	sc_escape_init(name);
	sc_unseen_init(name);
	sc_rewrite_init(name);
	sc_report_init(name);
	return 0;
}
