/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options.cc: the arguments -fplugin-arg-staticcall-KEY[=VALUE].
 */
#include "staticcall-plugin.h"

struct sc_options sc_options = { false, false, true, false, false, false };

static bool align_value(const char *value)
{
	if (!strcmp(value, "word"))
		sc_options.align = true;
	else if (!strcmp(value, "none"))
		sc_options.align = false;
	else {
		error("unknown value %qs of %<-fplugin-arg-staticcall-align%>; "
		      "use %<word%> or %<none%>", value);
		return false;
	}
	return true;
}

static bool mode_value(const char *value)
{
	if (!strcmp(value, "kernel") || !strcmp(value, "kernel-lld") || !strcmp(value, "user")) {
		sc_options.kernel = *value == 'k';
		sc_options.kernel_lld = !strcmp(value, "kernel-lld");
	} else {
		error("unknown value %qs of %<-fplugin-arg-staticcall-mode%>; "
		      "use %<user%>, %<kernel%> or %<kernel-lld%>", value);
		return false;
	}
	return true;
}

static bool tramp_value(const char *value)
{
	if (!strcmp(value, "two-slot"))
		sc_options.two_slot = true;
	else if (!strcmp(value, "literal"))
		sc_options.two_slot = false;
	else {
		error("unknown value %qs of %<-fplugin-arg-staticcall-tramp%>; "
		      "use %<literal%> or %<two-slot%>", value);
		return false;
	}
	return true;
}

/* A kernel's own macros say what is a static call, and how it is called. */
static bool check_mode(struct plugin_name_args *info)
{
	for (int i = 0; sc_options.kernel && i < info->argc; i++) {
		const char *key = info->argv[i].key;

		if (strcmp(key, "mode")) {
			error("%<-fplugin-arg-staticcall-%s%> means nothing with "
			      "%<-fplugin-arg-staticcall-mode=kernel%>", key);
			return false;
		}
	}
	return true;
}

bool sc_options_init(struct plugin_name_args *info)
{
	bool ok = true;

	for (int i = 0; i < info->argc; i++) {
		const char *key = info->argv[i].key;
		const char *value = info->argv[i].value;
		bool wants = strcmp(key, "report") != 0;

		if (strcmp(key, "mark") && strcmp(key, "mark-file")
		    && strcmp(key, "align") && strcmp(key, "report")
		    && strcmp(key, "mode") && strcmp(key, "tramp")) {
			error("unknown argument %<-fplugin-arg-staticcall-%s%>; "
			      "known are %<mark%>, %<mark-file%>, %<align%>, "
			      "%<report%>, %<mode%> and %<tramp%>", key);
			ok = false;
		} else if (wants && (!value || !*value)) {
			error("%<-fplugin-arg-staticcall-%s%> needs a value", key);
			ok = false;
		} else if (!wants && value && strcmp(value, "all")) {
			error("unknown value %qs of %<-fplugin-arg-staticcall-%s%>; "
			      "use %<all%> or none", value, key);
			ok = false;
		} else if (!strcmp(key, "mark"))
			ok &= sc_patterns_add_list(value);
		else if (!strcmp(key, "mark-file"))
			ok &= sc_patterns_add_file(value);
		else if (!strcmp(key, "align"))
			ok &= align_value(value);
		else if (!strcmp(key, "mode"))
			ok &= mode_value(value);
		else if (!strcmp(key, "tramp"))
			ok &= tramp_value(value);
		else {
			sc_options.report = true;
			sc_options.report_all |= value != NULL;
		}
	}
	return ok && check_mode(info);
}

void sc_define_macro(const char *definition)
{
	if (startswith(lang_hooks.name, "GNU C"))
		lang_hooks.handle_option(OPT_D, definition, 1, 0, UNKNOWN_LOCATION, NULL);
}
