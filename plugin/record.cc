/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record.cc: the RTL passes that find the sites and write their records.
 *
 * A site is an instruction that calls or jumps to a trampoline.  Before the
 * branches are shortened, each gets its alignment and, in front of it, a note
 * that "final" prints as a label and that takes no space.  After "final" the
 * records are printed, in a section of their own that is linked to the
 * function's, and so lives and dies with it.  The section is a group of its own, as ld -r
 * would put those of several functions together.
 */
#include "staticcall-plugin.h"
#include "target/target.h"
#include "staticcall/abi.h"

struct site {
	int label, offset;
	struct sc_key *key;
	bool tail;
	bool cold;		/* in the function's unlikely part */
};

/* Those of the current function. */
static vec<struct site> sites;

static struct sc_key *key_of_symbol(const_rtx x)
{
	tree decl = GET_CODE(x) == SYMBOL_REF ? SYMBOL_REF_DECL(x) : NULL_TREE;

	return decl && TREE_CODE(decl) == FUNCTION_DECL ? sc_key_of_tramp(decl) : NULL;
}

/* The key whose trampoline @insn refers to, in whatever way; or NULL. */
static struct sc_key *key_in(rtx_insn *insn)
{
	subrtx_iterator::array_type array;

	FOR_EACH_SUBRTX(iter, array, PATTERN(insn), ALL) {
		struct sc_key *key = key_of_symbol(*iter);

		if (key)
			return key;
	}
	return NULL;
}

/* Does @insn transfer control to the trampoline by its symbol? */
static bool site_p(rtx_insn *insn)
{
	if (JUMP_P(insn))
		return true;
	if (!CALL_P(insn))
		return false;

	rtx call = get_call_rtx_from(insn), to;

	if (!call)
		return false;
	to = XEXP(XEXP(call, 0), 0);
	/* As a reference to the PLT, which the linker resolves without one. */
	if (GET_CODE(to) == CONST)
		to = XEXP(to, 0);
	if (GET_CODE(to) == UNSPEC)
		to = XVECEXP(to, 0, 0);
	return key_of_symbol(to);
}

static void label_site(rtx_insn *insn, struct sc_key *key, bool cold)
{
	struct site site = { 0, 0, key, JUMP_P(insn) || SIBLING_CALL_P(insn), cold };

	site.label = sc_site_label(insn, &site.offset);
	sites.safe_push(site);
}

/* Where it cannot wait for find_sites(). */
static unsigned align_sites(function *)
{
	rtx_insn *insn;

	for (insn = get_insns(); insn; insn = NEXT_INSN(insn))
		if (NONDEBUG_INSN_P(insn) && key_in(insn) && site_p(insn))
			sc_site_align(insn);
	return 0;
}

static unsigned find_sites(function *)
{
	rtx_insn *insn, *next;
	bool cold = false;

	sites.truncate(0);
	for (insn = get_insns(); insn; insn = next) {
		next = NEXT_INSN(insn);
		if (NOTE_P(insn) && NOTE_KIND(insn) == NOTE_INSN_SWITCH_TEXT_SECTIONS)
			cold = !cold;
		if (!NONDEBUG_INSN_P(insn))
			continue;

		struct sc_key *key = key_in(insn);

		if (!key)
			continue;
		sc_key_use(key);
		key->harden |= sc_target_hardening(current_function_decl, sc_key_cond_p(key));
		if (site_p(insn))
			label_site(insn, key, cold);
	}
	return 0;
}

/*
 * The label that stands for the section of @site's instruction: the first that
 * was printed for it.  Records linked to one symbol share one section.
 */
static int section_label(const struct site *site)
{
	static hash_map<section *, int> labels;
	bool saved = in_cold_section_p, existed;

	in_cold_section_p = site->cold;

	int &label = labels.get_or_insert(current_function_section(), &existed);

	in_cold_section_p = saved;
	if (!existed)
		label = site->label;
	return label;
}

static void print_record(const struct site *site, tree group)
{
	FILE *f = asm_out_file;

	fputs("\t.pushsection " STATIC_CALL_SITES_SECTION ",\"aoG\",%progbits,", f);
	sc_label_print(f, section_label(site));
	if (group)
		fprintf(f, ",%s,comdat", IDENTIFIER_POINTER(group));
	else
		fprintf(f, ",%s.%d", STATIC_CALL_SITES_SECTION, section_label(site));
	fputs("\n\t.balign 4\n\t.long ", f);
	sc_label_print(f, site->label);
	if (site->offset)
		fprintf(f, " + %d", site->offset);
	fprintf(f, " - .\n\t.long " STATIC_CALL_KEY_PREFIX "%s - .%s\n\t.popsection\n",
		site->key->symbol, site->tail ? " + 1" : "");
}

static unsigned print_records(function *)
{
	tree group = DECL_COMDAT_GROUP(current_function_decl);
	struct site *site;
	unsigned i;

	FOR_EACH_VEC_ELT(sites, i, site)
		print_record(site, group);
	return 0;
}

static const struct pass_data align_data = {
	RTL_PASS, "staticcall_align", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0
};

static const struct pass_data find_data = {
	RTL_PASS, "staticcall_find", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0
};

static const struct pass_data print_data = {
	RTL_PASS, "staticcall_print", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0
};

class align_pass : public rtl_opt_pass {
public:
	align_pass() : rtl_opt_pass(align_data, g) { }
	bool gate(function *) final override { return sc_options.align && sc_target_align_early(); }
	unsigned execute(function *fun) final override { return align_sites(fun); }
};

class find_pass : public rtl_opt_pass {
public:
	find_pass() : rtl_opt_pass(find_data, g) { }
	unsigned execute(function *fun) final override { return find_sites(fun); }
};

class print_pass : public rtl_opt_pass {
public:
	print_pass() : rtl_opt_pass(print_data, g) { }
	bool gate(function *) final override { return !sites.is_empty(); }
	unsigned execute(function *fun) final override { return print_records(fun); }
};

void sc_record_init(const char *plugin_name)
{
	/* As long as there are blocks: reorganization may look at them again. */
	struct register_pass_info align = {
		new align_pass(), "*free_cfg", 1, PASS_POS_INSERT_BEFORE
	};
	struct register_pass_info find = {
		new find_pass(), "shorten", 1, PASS_POS_INSERT_BEFORE
	};
	struct register_pass_info print = {
		new print_pass(), "final", 1, PASS_POS_INSERT_AFTER
	};

	register_callback(plugin_name, PLUGIN_PASS_MANAGER_SETUP, NULL, &align);
	register_callback(plugin_name, PLUGIN_PASS_MANAGER_SETUP, NULL, &find);
	register_callback(plugin_name, PLUGIN_PASS_MANAGER_SETUP, NULL, &print);
}
