/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text.cc: read the text of statements for the assembler as GNU as does.
 *
 * GNU assembler, "Symbol Intro", "Comments", "Strings", "Section", "PushSection".  Nothing here
 * is evaluated: what a condition is, and what a macro's arguments are, the assembler knows.
 */
#define INCLUDE_SET
#define INCLUDE_STRING
#define INCLUDE_VECTOR
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
		next = ISBLANK(*s) || *s == '\r' ? s + 1 : s[0] == '/' && s[1] == '*' ? skip_comment(s, false) : s;
		if (next == s)
			return s;
	}
}

/* Is that the directive for strings?  Elsewhere in quotes are names. */
static bool string_directive_p(const char *s)
{
	return !strncasecmp(s, ".asci", 5) || !strncasecmp(s, ".string", 7);
}

/* A name that has to be quoted is not that of a key. */
static void add_key(std::set<std::string> *keys, const char *s, const char *end)
{
	if (startswith(s, STATIC_CALL_KEY_PREFIX) && sc_skip_symbol(s) == end)
		keys->insert(std::string(s, end - s));
}

const char *sc_statement_end(const char *s, std::set<std::string> *keys)
{
	bool start = true, strings = false;

	while (*s && *s != '\n' && *s != ';') {
		const char *next = skip_comment(s, start);

		if (next != s) {
			s = next;
		} else if (*s == '"' || *s == '\'') {
			next = skip_quoted(s);
			if (*s == '"' && !strings)
				add_key(keys, s + 1, next - 1);
			s = next;
		} else if (symbol_char_p(*s)) {
			next = sc_skip_symbol(s);
			strings |= string_directive_p(s);
			/* It may be an immediate. */
			add_key(keys, s + (*s == '$'), next);
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
	if (!strncasecmp(s, "@plt", 4))
		s = sc_skip_blank(s + 4);
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

const char *sc_mnemonic_in(const char *s)
{
	for (;;) {
		const char *word = s = sc_skip_blank(s);

		if (*s == '"')
			s = skip_quoted(s);
		while (symbol_char_p(*s) || (s[0] == '%' && s[1] == '='))
			s += *s == '%' ? 2 : 1;
		if (*sc_skip_blank(s) != ':' || s == word)
			return word;
		s = sc_skip_blank(s) + 1;
	}
}

/* Without flags those that GNU as knows by name can be executed, or not. */
static bool code_section_p(const char *s)
{
	const char *end = *s == '"' ? skip_quoted(s) : s + strcspn(s, ", \t\r\n;");
	const std::string name(s, end - s);
	const char *flags = end + strcspn(end, "\"\n;");

	/*
	 * What alternatives are taken from is not where it is executed: the copy would be in no
	 * table.
	 */
	if (name.find(".altinstr_replacement") != std::string::npos)
		return false;
	if (*flags == '"')
		return memchr(flags, 'x', skip_quoted(flags) - flags);
	return name.find("text") != std::string::npos || name == ".init" || name == ".fini";
}

/* Whoever gives types to symbols writes functions. */
static bool function_types_p(const char *text)
{
	const char *type = strstr(text, ".type");

	return type && (strstr(type, "function") || strstr(type, "STT_FUNC"));
}

text_sections::text_sections(const char *text, bool in_function)
	: now{ true, in_function }, previous(now), types(function_types_p(text))
{
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
