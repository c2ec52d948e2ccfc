/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * patterns.cc: marking by name, by a list or a file of patterns.
 *
 * A pattern is a name or a glob (fnmatch(3)).  `name` marks a variable and all
 * pointers to functions in it, `name.member` a member and all in that, `file.c:name` only
 * what that source file declares, and a `!` before it takes back what an earlier
 * pattern marked: the last one that matches counts.  A name with `::` is compared with
 * the namespaces and classes as well, and from the outermost one on if that comes first.
 *
 * What nothing can be called is an error: a slip of the pen would mark nothing, in silence.
 */
#define INCLUDE_STRING
#include <string>
#include "staticcall-plugin.h"

#include <fnmatch.h>
#include <sys/stat.h>

struct pattern {
	char *text;		/* as it was given */
	char *file;		/* glob for the source file, or NULL */
	char *name;		/* glob for the name */
	bool member;		/* names a part of a variable */
	bool scoped;		/* names namespaces or classes */
	bool exact;		/* no wildcard */
	bool unmark;
	bool fits;		/* something in this unit; for the report */
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

/* Where a pattern was read: a line of a file, or an argument of the command line. */
struct source {
	const char *name;
	unsigned line;
};

/* Behind the bracket expression at @s; NULL if it has no end.  The first `]` is itself. */
static const char *skip_bracket(const char *s)
{
	s++;
	s += *s == '!' || *s == '^';
	s = *s ? strchr(s + 1, ']') : NULL;
	return s ? s + 1 : NULL;
}

/* Behind the identifier or glob at @s, which a `.` or `:` ends; NULL with a reason in @why. */
static const char *skip_part(const char *s, const char **why)
{
	const char *start = s;

	*why = "there is no end to its bracket";
	while (s && *s && *s != '.' && *s != ':') {
		if (*s == '[')
			s = skip_bracket(s);
		else if (*s == '<')	/* a template's arguments may be anything */
			return s + strlen(s);
		else if (ISALNUM(*s) || strchr("_$*?", *s) || (*s & 0x80))
			s++;
		else {
			*why = "there is a character that names do not have";
			return NULL;
		}
	}
	if (s == start || ISDIGIT(*start)) {
		*why = s == start ? "a part of it is missing" : "a part of it begins with a digit";
		return NULL;
	}
	return s;
}

/* Why nothing can be called @name; NULL if something can. */
static const char *fault_in_name(const char *name)
{
	const char *s = name + (startswith(name, "::") ? 2 : 0), *why;

	for (;;) {
		s = skip_part(s, &why);
		if (!s)
			return why;
		if (!*s)
			return NULL;
		if (*s == ':' && s[1] != ':')
			return "there is more than one file";
		s += *s == ':' ? 2 : 1;
	}
}

static const char *fault_in_file(const char *file)
{
	for (const char *s = file; s; s = *s == '[' ? skip_bracket(s) : s + 1)
		if (!*s)
			return s == file ? "the file is missing" : NULL;
	return "there is no end to its bracket";
}

static bool check_pattern(const struct pattern *p, const std::string &text, const struct source *from)
{
	const char *why = p->file ? fault_in_file(p->file) : NULL;

	if (!why)
		why = fault_in_name(p->name);
	if (!why)
		return true;
	if (from->line)
		error("%s:%u: nothing can be called %qs: %s", from->name, from->line,
		      text.c_str(), why);
	else
		error("nothing can be called %qs, of %<-fplugin-arg-staticcall-mark=%s%>: %s",
		      text.c_str(), from->name, why);
	return false;
}

/* Add the pattern that stands in [@s, @end). */
static bool add_pattern(const char *s, const char *end, const struct source *from)
{
	std::string text(s, end - s);
	struct pattern p = { xstrdup(text.c_str()), NULL, NULL, false, false, false, *s == '!', false };

	s += p.unmark;

	const char *colon = find_colon(s, end);

	if (colon) {
		p.file = xstrndup(s, colon - s);
		s = colon + 1;
	}
	p.name = xstrndup(s, end - s);
	p.member = strchr(p.name, '.') != NULL;
	/* Behind the dot it is a base of the variable's class. */
	const char *scope = strstr(p.name, "::");

	p.scoped = scope && scope < p.name + strcspn(p.name, ".");
	p.exact = strpbrk(p.name, "*?[") == NULL;
	patterns.safe_push(p);
	return check_pattern(&p, text, from);
}

/* Without the blanks around it; is anything left of it? */
static bool trim(const char **s, const char **end)
{
	while (*s < *end && ISSPACE(**s))
		++*s;
	while (*s < *end && ISSPACE((*end)[-1]))
		--*end;
	return *s < *end;
}

bool sc_patterns_add_list(const char *list)
{
	struct source from = { list, 0 };
	bool ok = true;

	for (const char *s = list; ; s++) {
		const char *start = s, *end = s += strcspn(s, ",");

		if (!trim(&start, &end)) {
			error("empty name in %<-fplugin-arg-staticcall-mark=%s%>", list);
			return false;
		}
		ok &= add_pattern(start, end, &from);
		if (!*s)
			return ok;
	}
}

static bool read_lines(FILE *f, const char *path)
{
	struct source from = { path, 0 };
	char *line = NULL;
	size_t room = 0;
	ssize_t length;
	bool ok = true;

	while ((length = getline(&line, &room, f)) >= 0) {
		bool mark = !from.line++ && startswith(line, "\xef\xbb\xbf");	/* of UTF-8 */
		const char *s = line + (mark ? 3 : 0), *end = s + strcspn(s, "#\n");

		if (memchr(line, '\0', length)) {
			error("%s:%u: this is no text", path, from.line);
			ok = false;
			break;
		}
		if (trim(&s, &end))
			ok &= add_pattern(s, end, &from);
	}
	free(line);
	return ok;
}

static bool cannot_read(const char *path, const char *why)
{
	error("cannot read %<-fplugin-arg-staticcall-mark-file=%s%>: %s", path, why);
	return false;
}

bool sc_patterns_add_file(const char *path)
{
	struct stat st;
	FILE *f;

	/* To open a pipe or a device may take for ever, or do something. */
	if (stat(path, &st))
		return cannot_read(path, xstrerror(errno));
	if (S_ISDIR(st.st_mode))
		return cannot_read(path, xstrerror(EISDIR));
	if (!S_ISREG(st.st_mode)) {
		warning(0, "%<-fplugin-arg-staticcall-mark-file=%s%> is no regular file: "
			   "it is not read, and marks nothing", path);
		return true;
	}
	f = fopen(path, "r");
	if (!f)
		return cannot_read(path, xstrerror(errno));

	bool ok = read_lines(f, path), bad = ferror(f);
	int err = errno;

	fclose(f);
	if (bad)
		return cannot_read(path, xstrerror(err));
	sc_depend_on(path);
	return ok;
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
	if (!fnmatch(pattern, name.c_str(), 0))
		return true;

	/* Of a member that is a structure or an array all is meant. */
	size_t length = strlen(pattern);

	return p->exact && p->member && !name.compare(0, length, pattern)
	       && (name[length] == '.' || name[length] == '[');
}

/*
 * Is @member of @var marked?  The last pattern that matches tells, of those for members or
 * of the others; and any before it, if by a name.
 */
static enum sc_marked marked(tree var, const char *member)
{
	enum sc_marked how = SC_UNMARKED;
	struct pattern *p;
	unsigned i;

	FOR_EACH_VEC_ELT_REVERSE(patterns, i, p) {
		if (p->member != (*member != '\0') || !file_matches(p, var)
		    || !name_matches(p, p->name, var, member))
			continue;
		if (p->unmark)
			break;
		how = p->exact ? SC_BY_NAME : SC_BY_GLOB;
		if (p->exact)
			break;
	}
	return how;
}

enum sc_marked sc_options_mark_var(tree var)
{
	return DECL_NAME(var) ? marked(var, "") : SC_UNMARKED;
}

enum sc_marked sc_options_mark_member(tree var, const char *member)
{
	return *member ? marked(var, member) : SC_UNMARKED;
}

bool sc_options_unmark_member(tree var, const char *member)
{
	struct pattern *p;
	unsigned i;

	FOR_EACH_VEC_ELT_REVERSE(patterns, i, p)
		if (file_matches(p, var) && name_matches(p, p->name, var, p->member ? member : ""))
			return p->unmark && p->member;
	return false;
}

/* Does @p name a member of @var? */
static bool names_part_of(const struct pattern *p, tree var)
{
	char *object = xstrndup(p->name, strcspn(p->name, "."));
	bool part = p->member && file_matches(p, var) && name_matches(p, object, var, "");

	free(object);
	return part;
}

enum sc_marked sc_options_mark_any_member(tree var)
{
	enum sc_marked how = SC_UNMARKED;
	struct pattern *p;
	unsigned i;

	FOR_EACH_VEC_ELT(patterns, i, p)
		if (DECL_NAME(var) && names_part_of(p, var))
			how = MAX(how, p->exact ? SC_BY_NAME : SC_BY_GLOB);
	return how;
}

void sc_options_note(tree decl)
{
	struct pattern *p;
	unsigned i;

	FOR_EACH_VEC_ELT(patterns, i, p)
		if (DECL_NAME(decl) && file_matches(p, decl))
			p->fits |= p->member ? names_part_of(p, decl) : name_matches(p, p->name, decl, "");
}

bool sc_options_names_p(tree decl)
{
	struct pattern *p;
	unsigned i;

	FOR_EACH_VEC_ELT(patterns, i, p)
		if (p->exact && !p->member && DECL_NAME(decl) && file_matches(p, decl)
		    && name_matches(p, p->name, decl, ""))
			return true;
	return false;
}

void sc_options_for_each_unused(void (*fn)(const char *entry))
{
	struct pattern *p;
	unsigned i;

	FOR_EACH_VEC_ELT(patterns, i, p)
		if (!p->fits)
			fn(p->text);
}

static struct {
	const struct pattern *pattern;
	bool found;
} wanted;

static void look_for(tree var, const char *member)
{
	wanted.found |= name_matches(wanted.pattern, wanted.pattern->name, var, member);
}

void sc_options_for_each_lost(tree var, void (*fn)(tree var, const char *entry))
{
	struct pattern *p;
	unsigned i;

	if (!COMPLETE_TYPE_P(TREE_TYPE(var)))
		return;
	FOR_EACH_VEC_ELT(patterns, i, p) {
		/* A glob for variables does not mean this one. */
		if (strcspn(p->name, "*?[") < strcspn(p->name, ".") || !names_part_of(p, var))
			continue;
		wanted = { p, false };
		sc_slot_for_each_member(var, look_for);
		if (!wanted.found)
			fn(var, p->name);
	}
}
