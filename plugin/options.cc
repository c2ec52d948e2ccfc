/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options.cc: the arguments -fplugin-arg-staticcall-KEY[=VALUE], and marking by
 * name, which two of them bring.
 *
 * A pattern is a name or a glob (fnmatch(3)).  `name` marks a variable and all
 * pointers to functions in it, `name.member` a member alone, `file.c:name` only
 * what that source file declares, and a `!` before it takes back what an earlier
 * pattern marked: the last one that matches counts.  A name with `::` is compared with
 * the namespaces and classes as well, and from the outermost one on if that comes first.
 */
#define INCLUDE_STRING
#include <string>
#include "staticcall-plugin.h"

#include <fnmatch.h>

struct sc_options sc_options = { false, false, true, false, false };

struct pattern {
	char *file;		/* glob for the source file, or NULL */
	char *name;		/* glob for the name */
	bool member;		/* names a part of a variable */
	bool scoped;		/* names namespaces or classes */
	bool exact;		/* no wildcard */
	bool unmark;
};

static vec<struct pattern> patterns;

/* The colon behind a file's name in [@s, @end), which is none of a "::"; or NULL. */
static const char *find_colon(const char *s, const char *end)
{
	for (; s < end; s++) {
		if (*s != ':')
			continue;
		if (s[1] != ':' || s[2] == ':')
			return s;
		s++;
	}
	return NULL;
}

/* Add the pattern that stands in [@s, @end). */
static void add_pattern(const char *s, const char *end)
{
	while (s < end && ISSPACE(*s))
		s++;
	while (s < end && ISSPACE(end[-1]))
		end--;
	if (s == end)
		return;

	struct pattern p = { NULL, NULL, false, false, false, *s == '!' };

	s += p.unmark;

	const char *colon = find_colon(s, end);

	if (colon) {
		p.file = xstrndup(s, colon - s);
		s = colon + 1;
	}
	p.name = xstrndup(s, end - s);
	p.member = strchr(p.name, '.') != NULL;
	p.scoped = strstr(p.name, "::") != NULL;
	p.exact = strpbrk(p.name, "*?[") == NULL;
	patterns.safe_push(p);
}

static bool mark_list(const char *list)
{
	const char *start = list, *s;

	for (s = list; ; s++) {
		if (*s != ',' && *s)
			continue;
		if (s == start) {
			error("empty name in %<-fplugin-arg-staticcall-mark=%s%>",
			      list);
			return false;
		}
		add_pattern(start, s);
		if (!*s)
			return true;
		start = s + 1;
	}
}

static bool mark_file(const char *path)
{
	char *line = NULL;
	size_t room = 0;
	FILE *f = fopen(path, "r");

	if (!f) {
		error("cannot read %<-fplugin-arg-staticcall-mark-file=%s%>: %s",
		      path, xstrerror(errno));
		return false;
	}
	while (getline(&line, &room, f) >= 0)
		add_pattern(line, line + strcspn(line, "#\n"));

	bool bad = ferror(f);
	if (bad)
		error("cannot read %<-fplugin-arg-staticcall-mark-file=%s%>: %s",
		      path, xstrerror(errno));
	fclose(f);
	free(line);
	return !bad;
}

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
	if (!strcmp(value, "kernel"))
		sc_options.kernel = true;
	else if (!strcmp(value, "user"))
		sc_options.kernel = false;
	else {
		error("unknown value %qs of %<-fplugin-arg-staticcall-mode%>; "
		      "use %<user%> or %<kernel%>", value);
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
			ok &= mark_list(value);
		else if (!strcmp(key, "mark-file"))
			ok &= mark_file(value);
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

/* Does @p hold for what the source file of @var declares?  A pattern without
 * a slash is compared with the file's base name. */
static bool file_matches(const struct pattern *p, tree var)
{
	if (!p->file)
		return true;

	const char *file = DECL_SOURCE_FILE(var);

	if (!strchr(p->file, '/'))
		file = lbasename(file);
	return !fnmatch(p->file, file, 0);
}

/* Does @pattern, that of @p or a part of it, hold for @member of @var? */
static bool name_matches(const struct pattern *p, const char *pattern, tree var,
			 const char *member)
{
	std::string name;

	if (!p->scoped)
		name = IDENTIFIER_POINTER(DECL_NAME(var));
	else
		name = std::string(*pattern == ':' ? "::" : "") + sc_full_name(var);
	name += member;
	return !fnmatch(pattern, name.c_str(), 0);
}

/* The last pattern, of those for members or of the others, that @member of @var
 * matches and that marks; or NULL. */
static const struct pattern *marking_pattern(tree var, const char *member)
{
	struct pattern *p;
	unsigned i;

	FOR_EACH_VEC_ELT_REVERSE(patterns, i, p)
		if (p->member == (*member != '\0') && file_matches(p, var)
		    && name_matches(p, p->name, var, member))
			return p->unmark ? NULL : p;
	return NULL;
}

bool sc_options_mark_var(tree var, bool *exact)
{
	const struct pattern *p = NULL;

	if (DECL_NAME(var))
		p = marking_pattern(var, "");
	if (p)
		*exact = p->exact;
	return p != NULL;
}

bool sc_options_mark_member(tree var, const char *member)
{
	return *member && marking_pattern(var, member) != NULL;
}

bool sc_options_mark_any_member(tree var)
{
	struct pattern *p;
	unsigned i;

	FOR_EACH_VEC_ELT(patterns, i, p) {
		if (!p->member || !DECL_NAME(var) || !file_matches(p, var))
			continue;

		char *object = xstrndup(p->name, strcspn(p->name, "."));
		bool match = name_matches(p, object, var, "");

		free(object);
		if (match)
			return true;
	}
	return false;
}
