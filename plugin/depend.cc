/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * depend.cc: -M and its like name the files of patterns too.
 *
 * A unit that was compiled before such a file has changed knows other marks than one that
 * was compiled after, so make must build both again.
 */
#include "staticcall-plugin.h"

static vec<const char *> files;

void sc_depend_on(const char *path)
{
	files.safe_push(path);
}

/* By now the source itself stands first, and nothing has been written. */
static void add_files(void *, void *)
{
	class mkdeps *deps;
	const char *path;
	unsigned i;

	if (!&parse_in || !parse_in || !cpp_get_deps || !deps_add_dep
	    || cpp_get_options(parse_in)->deps.style == DEPS_NONE)
		return;
	deps = cpp_get_deps(parse_in);
	if (!deps)
		return;
	FOR_EACH_VEC_ELT(files, i, path)
		deps_add_dep(deps, path);
}

void sc_depend_init(const char *plugin_name)
{
	/* The one event that also comes where the source is only preprocessed. */
	register_callback(plugin_name, PLUGIN_PRAGMAS, add_files, NULL);
}
