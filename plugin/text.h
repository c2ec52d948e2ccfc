/* SPDX-License-Identifier: GPL-2.0-or-later */
/* text.h: read the text of statements for the assembler. */
#ifndef STATICCALL_TEXT_H
#define STATICCALL_TEXT_H

/*
 * sc_statement_end(): the end of the statement at @s, which is a newline, a semicolon, or
 * the end of the text.  @keys: those that it names, not in comments or strings, are added.
 */
const char *sc_statement_end(const char *s, std::set<std::string> *keys);

/* Behind labels, in which "%=" may stand: the mnemonic, or what is before it. */
const char *sc_mnemonic_in(const char *s);

const char *sc_skip_symbol(const char *s);
const char *sc_skip_blank(const char *s);

/* Behind a prefix such as "{disp32}" at @s, whose braces are escaped in a template. */
const char *sc_skip_braces(const char *s);

/*
 * Behind the register for the return address, which s390 names first, and riscv may:
 * "%%r14,".
 */
const char *sc_skip_link(const char *s);

/* Is there nothing more to the operand that ends at @s? */
bool sc_operand_ends_p(const char *s);

/*
 * class text_sections: where a text is assembled to.  It begins in a function, or in .text
 * outside of one.
 */
class text_sections {
public:
	explicit text_sections(bool in_function);

	/* Which of its labels are functions: a type may be given behind it. */
	void types(const char *text);

	/* The labels of the statement at @s have been read, and then @word, in lower case. */
	void labels(const char *s);
	void directive(const std::string &word, const char *operand);

	/* Is it executed, and where it stands?  Is that part of a function? */
	bool code_p() const { return now.code; }
	bool function_p() const { return now.code && now.function; }

private:
	void type(const char *s, std::string *macro);

	/* @function: between the label of one and its ".size". */
	struct section { bool code, function; } now, previous;
	std::vector<struct section> pushed;
	/* By type, and macros that give their first argument one. */
	std::set<std::string> functions, macros;
};

#endif
