/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text.cc: read the text of statements for the assembler as GNU as does.
 *
 * GNU assembler, "Symbol Intro", "Comments", "Strings", "Section", "PushSection".  Nothing here
 * is evaluated: what a condition is, and what a macro's arguments are, the assembler knows.
 */
#define INCLUDE_MAP
#define INCLUDE_SET
#define INCLUDE_STRING
#define INCLUDE_VECTOR
#include <map>
#include <set>
#include <string>
#include <vector>
#include "staticcall-plugin.h"
#include "text.h"
#include "target/target.h"
#include "staticcall/abi.h"

static bool symbol_char_p(char c)
{
	return ISALNUM(c) || c == '_' || c == '.' || c == '$' || (c & 0x80);
}

const char *sc_skip_symbol(const char *s)
{
	while (symbol_char_p(*s))
		s++;
	return s;
}

/* Behind the comment that begins at @s; @s itself if none does.  @start: of a statement. */
static const char *skip_comment(const char *s, bool start)
{
	if (s[0] == '/' && s[1] == '*') {
		const char *end = strstr(s + 2, "*/");

		return end ? end + 2 : s + strlen(s);
	}
	return sc_target_asm_comment(s, start) ? s + strcspn(s, "\n") : s;
}

/* Behind the string or character at @s, quotes in which are escaped. */
static const char *skip_quoted(const char *s)
{
	const char quote = *s++;

	if (quote == '\'') {
		s += (*s == '\\' && s[1]) + (*s != '\0');
		return s + (*s == quote);
	}
	while (*s && *s != quote)
		s += *s == '\\' && s[1] ? 2 : 1;
	return s + (*s != '\0');
}

const char *sc_skip_blank(const char *s)
{
	for (const char *next; ; s = next) {
		next = ISBLANK(*s) || *s == '\r' || *s == '\f' ? s + 1 : s[0] == '/' && s[1] == '*' ? skip_comment(s, false) : s;
		if (next == s)
			return s;
	}
}

/* Is that a directive that takes strings?  Elsewhere in quotes are names. */
static bool string_directive_p(const char *s)
{
	static const char *const directives[] = {
		".asci", ".string", ".ident", ".print", ".error", ".warning", ".title", ".sbttl", ".file",
		".incbin", ".include",
	};

	for (const char *directive : directives)
		if (!strncasecmp(s, directive, strlen(directive)))
			return true;
	return false;
}

/* What follows is the name of a section, and no symbol. */
static bool section_directive_p(const char *s, const char *end)
{
	const std::string word(s, end - s);

	return !strcasecmp(word.c_str(), ".section") || !strcasecmp(word.c_str(), ".pushsection");
}

/* A name that has to be quoted is not that of a key. */
static void add_key(std::set<std::string> *keys, const char *s, const char *end)
{
	if (startswith(s, STATIC_CALL_KEY_PREFIX) && sc_skip_symbol(s) == end)
		keys->insert(std::string(s, end - s));
}

const char *sc_statement_end(const char *s, std::set<std::string> *keys)
{
	bool start = true, strings = false, section = false;

	while (*s && *s != '\n' && *s != ';') {
		const char *next = skip_comment(s, start);

		if (next != s) {
			s = next;
		} else if (*s == '"' || *s == '\'') {
			next = skip_quoted(s);
			if (*s == '"' && !strings && !section)
				add_key(keys, s + 1, next - 1);
			section = false;
			s = next;
		} else if (symbol_char_p(*s)) {
			next = sc_skip_symbol(s);
			strings |= string_directive_p(s);
			/* It may be an immediate. */
			if (!section)
				add_key(keys, s + (*s == '$'), next);
			section = section_directive_p(s, next);
			s = next;
		} else {
			s++;
			continue;
		}
		start = false;
	}
	return s;
}

bool sc_operand_ends_p(const char *s)
{
	s = sc_skip_blank(s);
	if (*s == '@' && !strncasecmp(sc_skip_blank(s + 1), "plt", 3))
		s = sc_skip_blank(sc_skip_blank(s + 1) + 3);
	return !*s || *s == '\n' || *s == ';' || skip_comment(s, false) != s;
}

const char *sc_skip_link(const char *s)
{
	const char *reg = s + strspn(s, "%"), *end = sc_skip_symbol(reg);
	const std::string name(reg, end - reg);

	end = sc_skip_blank(end);
	return *end == ',' && (name == "r14" || name == "14" || name == "ra" || name == "x1") ? sc_skip_blank(end + 1) : s;
}

const char *sc_skip_braces(const char *s)
{
	const bool escaped = s[0] == '%' && s[1] == '{';
	const char *end;

	if (!escaped && *s != '{')
		return s;
	end = sc_skip_symbol(s + 1 + escaped);
	if (escaped)
		end += *end == '%';
	return *end == '}' ? end + 1 : s;
}

/* Behind the colon of the label at @s, before which a blank may be; NULL if there is none. */
static const char *skip_label(const char *s)
{
	const char *end = *s == '"' ? skip_quoted(s) : s;

	while (symbol_char_p(*end) || (end[0] == '%' && end[1] == '='))
		end += *end == '%' ? 2 : 1;
	return *sc_skip_blank(end) == ':' && end != s ? sc_skip_blank(end) + 1 : NULL;
}

const char *sc_mnemonic_in(const char *s)
{
	for (;;) {
		const char *word = sc_skip_blank(s);

		s = skip_label(word);
		if (!s)
			return word;
	}
}

/* ---- sections ------------------------------------------------------------------ */

/* Of those that a text of this unit has given flags to. */
static std::map<std::string, bool> known_sections;

/* Has a function of this unit been put there? */
static bool has_function_p(const std::string &section)
{
	cgraph_node *node;

	FOR_EACH_FUNCTION(node)
		if (node->get_section() && section == node->get_section())
			return true;
	return false;
}

/* Names for which GNU as, or rather BFD, has flags of its own. */
static bool code_by_name_p(const std::string &name)
{
	return name == ".text" || startswith(name.c_str(), ".text.") || name == ".init" || name == ".fini";
}

/* Those in quotes at @s: letters, or a number. */
static bool code_flags_p(const char *s)
{
	const char *end = skip_quoted(s);

	return ISDIGIT(s[1]) ? strtol(s + 1, NULL, 0) & 4 : memchr(s, 'x', end - s) != NULL;
}

/* Can that section be executed?  Who gives it flags first decides. */
static bool code_section_p(const char *s)
{
	const bool quoted = *s == '"';
	const char *end = quoted ? skip_quoted(s) : s + strcspn(s, ", \t\r\f\n;");
	const std::string name(s + quoted, end - s - 2 * quoted);
	const char *flags = end + strcspn(end, "\"\n;");

	/*
	 * What alternatives are taken from is not where it is executed: the copy would be in no
	 * table.
	 */
	if (name.find(".altinstr_replacement") != std::string::npos)
		return false;
	if (code_by_name_p(name))
		return true;

	const auto known = known_sections.find(name);

	if (known != known_sections.end())
		return known->second;
	if (*flags != '"')
		return has_function_p(name);
	return known_sections[name] = code_flags_p(flags);
}

text_sections::text_sections(bool in_function)
	: now{ true, in_function }, previous(now)
{
}

/* Does a ".type" with this @operand make a function of it? */
static bool function_type_p(const char *operand)
{
	const char *kind = *operand == '"' ? skip_quoted(operand) : operand + strcspn(operand, ", \t\n;");

	kind += strspn(kind, ", \t@%#\"");
	return startswith(kind, "function") || startswith(kind, "STT_FUNC");
}

/* The name at @s, with its quotes. */
static std::string name_at(const char *s)
{
	const char *end = *s == '"' ? skip_quoted(s) : sc_skip_symbol(s);

	return std::string(s, end - s);
}

/* One more statement; @macro: whose body it is in. */
void text_sections::type(const char *s, std::string *macro)
{
	const std::string word = name_at(s);
	const char *operand = sc_skip_blank(s + word.size());

	if (!strcasecmp(word.c_str(), ".macro"))
		*macro = name_at(operand);
	else if (!strcasecmp(word.c_str(), ".type") && function_type_p(operand))
		(*operand == '\\' ? macros : functions).insert(*operand == '\\' ? *macro : name_at(operand));
	else if (macros.count(word))
		functions.insert(name_at(operand));
}

void text_sections::types(const char *text)
{
	std::set<std::string> keys;
	std::string macro;

	for (const char *s = text, *end; ; s = end + 1) {
		end = sc_statement_end(s, &keys);
		type(sc_mnemonic_in(s), &macro);
		if (!*end)
			return;
	}
}

void text_sections::labels(const char *s)
{
	for (const char *next; ; s = next) {
		s = sc_skip_blank(s);
		next = skip_label(s);
		if (!next)
			return;
		if (functions.count(name_at(s)))
			now.function = true;
	}
}

void text_sections::directive(const std::string &word, const char *operand)
{
	if (word == ".popsection" && pushed.size() >= 2) {
		previous = pushed.back();
		pushed.pop_back();
		now = pushed.back();
		pushed.pop_back();
	} else if (word == ".previous") {
		std::swap(now, previous);
	} else if (macros.count(word)) {
		now.function = true;
	} else if (word == ".size") {
		if (functions.count(name_at(operand)))
			now.function = false;
	} else if (word == ".pushsection" || word == ".section" || word == ".text" || word == ".data"
		   || word == ".bss") {
		if (word == ".pushsection") {
			pushed.push_back(now);
			pushed.push_back(previous);
		}
		previous = now;
		now.code = word == ".text" || (word.size() > 5 && code_section_p(operand));
		now.function = false;
	}
}
