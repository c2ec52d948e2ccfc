/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * assembly.cc: variables in asm statements outside of functions.
 *
 * What is written there may store to a variable, or give it another name: ".set other, fp",
 * ".weakref other, fp", ".symver other, fp@V1".
 */
#include "staticcall-plugin.h"

static bool symbol_char_p(char c)
{
	return ISALNUM(c) || (c && strchr("_.$", c)) || (c & 0x80);
}

/* The next word at @s or behind, before @end, and its length; 0 if there is none. */
static size_t next_word(const char **s, const char *end)
{
	const char *word = *s;
	size_t len = 0;

	while (word < end && !symbol_char_p(*word))
		word++;
	while (word + len < end && symbol_char_p(word[len]))
		len++;
	*s = word;
	return len;
}

static bool word_p(const char *s, const char *end, const char *symbol)
{
	const size_t wanted = strlen(symbol);

	for (size_t len; (len = next_word(&s, end)); s += len)
		if (len == wanted && !memcmp(s, symbol, len))
			return true;
	return false;
}

bool sc_in_assembly_p(const char *symbol)
{
	for (asm_node *node = symtab->first_asm_symbol(); node; node = sc_next_asm(node)) {
		const char *text = TREE_STRING_POINTER(node->asm_str);

		if (word_p(text, text + strlen(text), symbol))
			return true;
	}
	return false;
}

/* Of one statement, where that has @symbol: not directives, nor numbers. */
static void words_beside(const char *s, const char *end, const char *symbol,
			 void (*fn)(const char *name))
{
	if (!word_p(s, end, symbol))
		return;
	for (size_t len; (len = next_word(&s, end)); s += len) {
		char *name = xstrndup(s, len);

		if (*name != '.' && !ISDIGIT(*name) && strcmp(name, symbol))
			fn(name);
		free(name);
	}
}

void sc_beside_in_assembly(const char *symbol, void (*fn)(const char *name))
{
	for (asm_node *node = symtab->first_asm_symbol(); node; node = sc_next_asm(node)) {
		const char *s = TREE_STRING_POINTER(node->asm_str);

		while (*s) {
			size_t len = strcspn(s, "\n;");

			words_beside(s, s + len, symbol, fn);
			s += len + (s[len] != '\0');
		}
	}
}
