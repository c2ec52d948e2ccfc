/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kernel.cc: -fplugin-arg-staticcall-mode=kernel.
 *
 * The kernel's own macros define keys and trampolines and call the trampolines.  All
 * that is left to do is what objtool does on x86-64: record each call and each jump to
 * a trampoline, with its key, in .static_call_sites.  Labels are all that is added to
 * the code, so that the text is the same to the byte; but for architectures whose
 * calls can only be patched once the assembler and the linker have been told so.
 *
 * Records of calls that GCC emits are printed at the end of the unit, when it is known
 * which keys it refers to; those of a text stand in it, as what the text says of itself
 * (".if", ".rept", ".macro") decides how often it is assembled.  A module may call what
 * it must not update: then only the trampoline is there, and the record points at that;
 * the kernel's module loader knows the key.  The kernel itself has no such loader, and
 * its units can name every key.
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

/*
 * @label: as the assembler knows it; the site is @offset bytes behind it.
 * @name:  without the trampoline's prefix.
 */
struct site {
	std::string label;
	int offset;
	std::string name;
	bool tail;
};

static std::vector<struct site> sites;

/* Of any site in a text: one that may be assembled more than once. */
#define LABEL	"2718281"

#define PREFIX_LEN	(sizeof(STATIC_CALL_TRAMP_PREFIX) - 1)

/* What a trampoline's symbol is the trampoline of; NULL if it is none. */
static const char *name_of_tramp(const char *symbol)
{
	symbol += *symbol == '*';
	return strncmp(symbol, STATIC_CALL_TRAMP_PREFIX, PREFIX_LEN) ? NULL
								     : symbol + PREFIX_LEN;
}

static const char *name_of(const_rtx x)
{
	if (GET_CODE(x) == CONST)
		x = XEXP(x, 0);
	if (GET_CODE(x) == UNSPEC)
		x = XVECEXP(x, 0, 0);
	return GET_CODE(x) == SYMBOL_REF ? name_of_tramp(XSTR(x, 0)) : NULL;
}

static std::string label_text(int number)
{
	char *text;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	sc_label_print(f, number);
	fclose(f);

	std::string result(text, size);

	free(text);
	return result;
}

/*
 * Is what @x names called by way of the GOT?  Where that is one instruction, only the output
 * tells it from a direct call.
 */
static bool noplt_p(const_rtx x)
{
	const_tree decl = GET_CODE(x) == SYMBOL_REF ? SYMBOL_REF_DECL(x) : NULL;

	return sc_target_noplt_p() && decl && TREE_CODE(decl) == FUNCTION_DECL && !SYMBOL_REF_LOCAL_P(x)
	       && (!flag_plt || lookup_attribute("noplt", DECL_ATTRIBUTES(decl)));
}

static void find_call(rtx_insn *insn)
{
	rtx call = get_call_rtx_from(insn);
	rtx called = call ? XEXP(XEXP(call, 0), 0) : NULL;
	const char *name = called ? name_of(called) : NULL;

	if (!name || noplt_p(called))
		return;

	int offset, label = sc_site_label(insn, &offset);

	sites.push_back({ label_text(label), offset, name, SIBLING_CALL_P(insn) });
}

/* ---- records ------------------------------------------------------------------ */

/*
 * Writable: the kernel sets STATIC_CALL_SITE_INIT.  The assembler sets sh_entsize for what can
 * be merged.  GNU ld does not merge what has relocations; lld wants no such section.  There is no
 * "%" in it, as it may stand in a template.
 */
static std::string table_section(void)
{
	std::string text = "\t.pushsection " STATIC_CALL_SITES_SECTION;

	if (sc_target_objtool_p() && !sc_options.kernel_lld)
		text += ",\"awM\",@progbits," + std::to_string(sizeof(struct static_call_site));
	else
		text += ",\"aw\"";
	return text + "\n\t.balign 4";
}

static std::string record_text(const std::string &label, int offset, const std::string &key, bool tail)
{
	std::string text = "\t.long " + label;

	if (offset)
		text += (offset < 0 ? " - " : " + ") + std::to_string(abs(offset));
	return text + " - .\n\t.long " + key + " - ." + (tail ? " + 1" : "");
}

/*
 * Is this unit one of vmlinux for certain?  Kbuild defines MODULE for all others, and
 * nobody can tell where others have read the definitions before.
 */
static bool look_for_vmlinux(void)
{
	if (in_lto_p)
		return false;
	for (unsigned i = 0; i < save_decoded_options_count; i++) {
		const struct cl_decoded_option *opt = &save_decoded_options[i];

		if (opt->opt_index == OPT_fpreprocessed)
			return false;
		if (opt->opt_index == OPT_D && (!strcmp(opt->arg, "MODULE")
						|| startswith(opt->arg, "MODULE=")))
			return false;
	}
	return true;
}

static bool vmlinux_p(void)
{
	static const bool vmlinux = look_for_vmlinux();

	return vmlinux;
}

/* ---- asm statements -------------------------------------------------------- */

/* @insn: of the statement; NULL for one outside of functions, which has no operands. */
struct asm_text {
	rtx_insn *insn;
	std::string before;	/* the template as it was */
	std::string after;	/* with labels and records in it */
};

/* Of the trampolines whose records refer to symbols that are to be set. */
static std::set<std::string> names_to_set;

/* Keys that some text of a module names: GCC itself does not know. */
static std::set<std::string> named_keys;

/* Set by what names a key, if the assembler comes by. */
#define NAMED	".Lsc_named_"

/*
 * The name of the trampoline that the operand at @s of a template is; empty if it is
 * none.  It may be written out, or be an operand of the statement, as in "%c1".
 */
static std::string operand_name(const char *s, rtx_insn *insn)
{
	if (insn && *s == '%') {
		int noperands = asm_noperands(PATTERN(insn));

		/* Others print more than the name, as "%a0" does of x86: that call is indirect. */
		s += startswith(s, "%cc") ? 3 : 1 + (s[1] == 'c' || s[1] == 'P' || s[1] == 'p');
		if (!ISDIGIT(*s) || atoi(s) >= noperands || !sc_operand_ends_p(s + strspn(s, "0123456789")))
			return "";

		std::vector<rtx> operands(noperands);

		decode_asm_operands(PATTERN(insn), operands.data(), NULL, NULL, NULL, NULL);

		const_rtx x = operands[atoi(s)];

		/* This prints the name alone of what is in memory, too. */
		if (s[-1] == 'P' && MEM_P(x))
			x = XEXP(x, 0);

		const char *name = name_of(x);

		return name ? name : "";
	}

	const bool quoted = *s == '"';

	s += quoted;

	/* A `*` is that of an indirect call. */
	const char *name = *s == '*' ? NULL : name_of_tramp(s), *end = sc_skip_symbol(s);

	if (!name || (quoted && *end != '"') || !sc_operand_ends_p(end + quoted))
		return "";
	return std::string(name, end - name);
}

static void add_line(struct asm_text *text, const char *line)
{
	if (line)
		text->after += std::string(line) + "\n";
}

/* Of a unit of a module that does not define the key it is set in finish_unit(). */
static std::string key_symbol(const std::string &name)
{
	std::string key = STATIC_CALL_KEY_PREFIX + name;
	const symtab_node *node = symtab_node::get_for_asmname(get_identifier(key.c_str()));

	/* What a symbol is set to that is known loses its name. */
	return vmlinux_p() || (node && node->definition) ? key : ".Lsc_key_" + name;
}

/*
 * One statement of a template: copy it; if it is a site, with a label, with what else
 * stands around sites, and with its record.
 */
static void find_in_statement(struct asm_text *text, const char *s, const char *end,
			      class text_sections *sections)
{
	const char *first = sc_mnemonic_in(s), *mnemonic = sc_skip_blank(sc_skip_braces(first)), *operand;
	std::string name;
	bool tail;

	sections->labels(s);
	operand = sc_skip_symbol(mnemonic);
	while (operand != mnemonic && operand < end && sc_target_asm_prefix(mnemonic, operand - mnemonic)) {
		mnemonic = sc_skip_blank(operand);
		operand = sc_skip_symbol(mnemonic);
	}

	std::string word(mnemonic, operand - mnemonic);
	int size = 0;

	for (char &c : word)
		c = TOLOWER(c);
	sections->directive(word, sc_skip_blank(operand));
	if (mnemonic < end && !word.empty())
		size = sc_target_asm_branch(word, &tail);
	/* As objtool sees it, a jump outside of functions is no call in a tail. */
	if (size && (tail ? sections->function_p() : sections->code_p()))
		name = operand_name(sc_skip_link(sc_skip_blank(operand)), text->insn);
	if (name.empty()) {
		text->after.append(s, end - s);
		return;
	}

	struct sc_site_text around = sc_target_site_text(text->insn);

	/* A prefix belongs to the site. */
	if (around.label_after && first != mnemonic && ISALPHA(*first))
		around = sc_site_text();
	/* In front of the text's own labels, which are to be where the instruction is. */
	add_line(text, sc_target_align_site(text->insn));
	add_line(text, around.before);
	text->after.append(s, first - s);
	if (!around.label_after)
		text->after += LABEL ": ";
	text->after.append(first, end - first);
	if (around.label_after) {
		text->after += "\n" LABEL ":";
		around.offset = -size;
	}
	text->after += "\n";
	add_line(text, around.after);
	add_line(text, table_section().c_str());
	add_line(text, record_text(LABEL "b", around.offset, key_symbol(name), tail).c_str());
	text->after += "\t.popsection";
	if (key_symbol(name)[0] == '.')
		names_to_set.insert(name);
}

/*
 * Does a statement with @word have the assembler know a symbol that it names?  @first: then, where
 * what stands behind it may be left out.
 */
static bool mentions_p(const char *word, bool *first)
{
	static const char *const directives[] = {
		".ifdef", ".ifndef", ".ifnotdef", ".ifc", ".ifnc", ".ifeqs", ".ifnes", ".ifb", ".ifnb",
		".weak", ".extern", ".macro",
	};

	*first = !strncasecmp(word, ".if", 3);
	for (const char *directive : directives)
		if (!strncasecmp(word, directive, strlen(directive)))
			return false;
	return true;
}

/* For keys that are named in a statement of a module: with @in_front of it, or behind. */
static void add_names(struct asm_text *text, const char *s, const std::set<std::string> &keys, bool in_front)
{
	bool first;

	if (vmlinux_p() || keys.empty() || !mentions_p(sc_mnemonic_in(s), &first) || first != in_front)
		return;
	for (const std::string &key : keys)
		text->after += (first ? "" : "\n") + std::string("\t.set " NAMED) + key + (first ? ", 1\n" : ", 1");
	named_keys.insert(keys.begin(), keys.end());
}

static void find_in_template(struct asm_text *text, class text_sections *sections)
{
	const char *s = text->before.c_str(), *end;

	for (;; s = end) {
		std::set<std::string> keys;

		end = sc_statement_end(s, &keys);
		add_names(text, s, keys, true);
		find_in_statement(text, s, end, sections);
		add_names(text, s, keys, false);
		if (!*end)
			return;
		text->after += *end++;
	}
}

/* What GCC prints of a template with operands that has one text for each dialect, "{att|intel}". */
static std::string chosen_dialect(const char *s)
{
#ifdef ASSEMBLER_DIALECT
	std::string text;
	bool inside = false;
	int dialect = 0;

	for (; *s; s++) {
		const bool escaped = s[0] == '%' && s[1];

		if (*s == '{' && !inside) {
			inside = true;
			dialect = 0;
		} else if (*s == '|' && inside) {
			dialect++;
		} else if (*s == '}' && inside) {
			inside = false;
		} else {
			if (!inside || dialect == ASSEMBLER_DIALECT)
				text.append(s, 1 + escaped);
			s += escaped;
		}
	}
	return text;
#else
	return s;
#endif
}

/*
 * An output each has a copy of the statement, and its template.  The constraints of
 * inputs, inside of that, are ASM_INPUTs as well.
 */
static void replace_template(struct asm_text *text)
{
	const char *after = ggc_strdup(text->after.c_str());
	subrtx_ptr_iterator::array_type array;

	FOR_EACH_SUBRTX_PTR(iter, array, &PATTERN(text->insn), ALL) {
		rtx x = **iter;

		if (x && (GET_CODE(x) == ASM_OPERANDS || GET_CODE(x) == ASM_INPUT)) {
			XSTR(x, 0) = after;
			iter.skip_subrtxes();
		}
	}
}

static void find_in_asm(rtx_insn *insn)
{
	rtx body = PATTERN(insn);
	struct asm_text text = { insn, "", "" };

	/* Without operands it is printed as it is; what clobbers memory stands beside it. */
	if (GET_CODE(body) == PARALLEL)
		body = XVECEXP(body, 0, 0);
	if (GET_CODE(body) == ASM_INPUT)
		text.before = XSTR(body, 0);
	else if (asm_noperands(PATTERN(insn)) >= 0)
		text.before = chosen_dialect(decode_asm_operands(PATTERN(insn), NULL, NULL, NULL, NULL, NULL));
	if (text.before.empty())
		return;

	class text_sections sections(true);

	sections.types(text.before.c_str());
	find_in_template(&text, &sections);
	if (text.after != text.before)
		replace_template(&text);
}

static unsigned find_sites(function *)
{
	if (!sc_target_kernel_p())
		return 0;
	for (rtx_insn *insn = get_insns(); insn; insn = NEXT_INSN(insn)) {
		if (!NONDEBUG_INSN_P(insn))
			continue;
		if (CALL_P(insn))
			find_call(insn);
		else
			find_in_asm(insn);
	}
	return 0;
}

/* ---- keys --------------------------------------------------------------------- */

/* Does what GCC itself writes mention the symbol? */
static bool referenced_p(const std::string &symbol)
{
	tree id = maybe_get_identifier(symbol.c_str());

	return id && TREE_SYMBOL_REFERENCED(id);
}

/* Statements outside of functions, and the keys that they name: to the assembler they are one text. */
static void find_outside(void)
{
	class text_sections sections(false);

	for (asm_node *node = symtab->first_asm_symbol(); node; node = sc_next_asm(node))
		sections.types(TREE_STRING_POINTER(node->asm_str));
	for (asm_node *node = symtab->first_asm_symbol(); node; node = sc_next_asm(node)) {
		struct asm_text text = { NULL, TREE_STRING_POINTER(node->asm_str), "" };

		find_in_template(&text, &sections);
		if (text.after != text.before)
			node->asm_str = build_string(text.after.size() + 1, text.after.c_str());
	}
}

/*
 * What the entries of @name point at.  For modules that is what objtool asks the table of
 * symbols: is the key in this unit?  What a text names is there if it has been assembled.
 */
static std::string key_of(const std::string &name)
{
	std::string key = STATIC_CALL_KEY_PREFIX + name;

	if (vmlinux_p() || referenced_p(key))
		return key;
	return named_keys.count(key) ? key_symbol(name) : STATIC_CALL_TRAMP_PREFIX + name;
}

/* Of a call that GCC emits.  No symbol may be set to what is common. */
static void print_record(const struct site &site)
{
	const std::string tramp = STATIC_CALL_TRAMP_PREFIX + site.name, own = STATIC_CALL_KEY_PREFIX + site.name;
	const std::string key = key_of(site.name);
	auto text = [&site](const std::string &key) { return record_text(site.label, site.offset, key, site.tail); };

	if (key[0] != '.')
		fprintf(asm_out_file, "%s\n", text(key).c_str());
	else
		fprintf(asm_out_file, "\t.ifdef " NAMED "%s\n%s\n\t.else\n%s\n\t.endif\n", own.c_str(),
			text(own).c_str(), text(tramp).c_str());
}

static void set_key_symbol(const std::string &name)
{
	const std::string symbol = key_symbol(name), key = STATIC_CALL_KEY_PREFIX + name, target = key_of(name);

	if (target != symbol) {
		fprintf(asm_out_file, "\t.set %s, %s\n", symbol.c_str(), target.c_str());
		return;
	}
	fprintf(asm_out_file, "\t.ifdef " NAMED "%s\n\t.set %s, %s\n\t.else\n\t.set %s, "
		STATIC_CALL_TRAMP_PREFIX "%s\n\t.endif\n",
		key.c_str(), symbol.c_str(), key.c_str(), symbol.c_str(), name.c_str());
}

/* GCC notes that it has written a name that it knows: not one that asm ("__SCK__op") gives. */
static void know_keys(void)
{
	varpool_node *node;

	FOR_EACH_VARIABLE(node)
		if (startswith(sc_symbol(node->decl), STATIC_CALL_KEY_PREFIX))
			get_identifier(sc_symbol(node->decl));
}

/* What has been read for the link-time optimizer has been written before this. */
static void end_ipa(void *, void *)
{
	if (!sc_target_kernel_p())
		return;
	know_keys();
	find_outside();
}

static void finish_unit(void *, void *)
{
	if (seen_error() || !asm_out_file)
		return;
	for (const std::string &name : names_to_set)
		set_key_symbol(name);
	if (sites.empty())
		return;
	fprintf(asm_out_file, "%s\n", table_section().c_str());
	for (const struct site &site : sites)
		print_record(site);
	fputs("\t.popsection\n", asm_out_file);
}

static const struct pass_data find_data = {
	RTL_PASS, "staticcall_find", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0
};

class kernel_pass : public rtl_opt_pass {
public:
	kernel_pass() : rtl_opt_pass(find_data, g) { }
	unsigned execute(function *fun) final override { return find_sites(fun); }
};

void sc_kernel_init(const char *plugin_name)
{
	struct register_pass_info find = {
		new kernel_pass(), "shorten", 1, PASS_POS_INSERT_BEFORE
	};

	/* Kconfig asks for it. */
	sc_define_macro("__STATIC_CALL_SITES__=1");
	register_callback(plugin_name, PLUGIN_PASS_MANAGER_SETUP, NULL, &find);
	register_callback(plugin_name, PLUGIN_ALL_IPA_PASSES_END, end_ipa, NULL);
	register_callback(plugin_name, PLUGIN_FINISH_UNIT, finish_unit, NULL);
}
