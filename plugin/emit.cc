/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * emit.cc: keys, trampolines and escape records, as assembly at the end of the
 * unit.  What they look like is stated in staticcall/abi.h.
 *
 * Keys and trampolines are local to the unit.  Two pointers of one name may come together
 * in a program: static ones, and those that objcopy(1) has made local or renamed.  What is
 * found by a name that is made of theirs would be one of two for both.
 *
 * Only with -flto, where a unit's calls are in any part of the program, those of pointers
 * with linkage are hidden and COMDAT: every unit emits them, a DSO holds one of each.
 */
#include "target/target.h"
#include "staticcall/abi.h"

/* Nobody refers to an escape, and it must stay with --gc-sections as well. */
#if SUPPORTS_SHF_GNU_RETAIN
#define RETAIN	"R"
#else
#define RETAIN	""
#endif

static FILE *out;
static unsigned n_escapes, n_used, n_unseen;

/* Emitted as part of a unit that is compiled at link time. */
static bool early;

static bool linkage_p(tree var)
{
	return TREE_PUBLIC(var) || DECL_EXTERNAL(var);
}

static bool comdat_p(tree var)
{
	return early && linkage_p(var);
}

/*
 * For what belongs to @symbol: one of COMDAT group @group of that, if it is not NULL, or
 * one that can be dropped alone all the same, also behind ld -r.
 */
static void open_section(FILE *f, const char *name, const char *flags, const char *symbol,
			 const char *group)
{
	if (group)
		fprintf(f, "\t.pushsection %s,\"%sG\",%%progbits,%s%s,comdat\n", name, flags,
			group, symbol);
	else
		fprintf(f, "\t.pushsection %s.%s,\"%s\",%%progbits\n", name, symbol, flags);
}

static void print_symbol(FILE *f, const char *prefix, const char *symbol,
			 const char *type, const char *binding)
{
	if (binding)
		fprintf(f, "\t.%s %s%s\n\t.hidden %s%s\n", binding, prefix, symbol, prefix, symbol);
	fprintf(f, "\t.type %s%s, %%%s\n%s%s:\n", prefix, symbol, type, prefix, symbol);
}

/* A string in the linker's merged strings, and a reference to it. */
static void print_name(FILE *f, const char *name)
{
	fputs("\t.pushsection .rodata.str1.1,\"aMS\",%progbits,1\n8:\t.string \"", f);
	/* A template's arguments may be characters. */
	for (; *name; name++)
		fprintf(f, strchr("\"\\", *name) ? "\\%c" : "%c", *name);
	fputs("\"\n\t.popsection\n\t.long 8b - .\n", f);
}

static const char *pointer_word(void)
{
	return POINTER_SIZE == 64 ? "quad" : "long";
}

/* What follows a key's addresses of pointer size; its trampoline has been printed. */
static void print_key_rest(FILE *f, const char *name, unsigned HOST_WIDE_INT size,
			   unsigned kind, unsigned flags)
{
	print_name(f, name);
	fprintf(f, "\t.long " STATIC_CALL_DSO_SYMBOL " - .\n"
		"\t.long " HOST_WIDE_INT_PRINT_UNSIGNED "\n"
		"\t.2byte %u, %u\n"
		"\t.long 0\n", size, kind, flags);
}

static void print_key(FILE *f, struct sc_slot *slot, bool cond)
{
	bool linkage = linkage_p(slot->var), comdat = comdat_p(slot->var);
	const char *var = sc_unseen_stem(sc_symbol(slot->var));
	const char *symbol = sc_slot_symbol(slot, cond);

	if (linkage)
		fprintf(f, "\t.weak " STATIC_CALL_UNSEEN_PREFIX "%s\n"
			"\t.hidden " STATIC_CALL_UNSEEN_PREFIX "%s\n", var, var);
	open_section(f, STATIC_CALL_KEYS_SECTION, "aw", symbol,
		     comdat ? STATIC_CALL_KEY_PREFIX : NULL);
	fprintf(f, "\t.balign %d\n", STATIC_CALL_KEY_ALIGN);
	print_symbol(f, STATIC_CALL_KEY_PREFIX, symbol, "object", comdat ? "weak" : NULL);
	fprintf(f, "\t.%s %s + " HOST_WIDE_INT_PRINT_DEC ", %s%s\n"
		"\t.long " STATIC_CALL_TRAMP_PREFIX "%s - .\n",
		pointer_word(), sc_asm_name(slot->var), slot->offset,
		linkage ? STATIC_CALL_UNSEEN_PREFIX : "0", linkage ? var : "", symbol);
	print_key_rest(f, slot->name, POINTER_SIZE / BITS_PER_UNIT, STATIC_CALL_KEY_POINTER,
		       (cond ? STATIC_CALL_KEY_COND : 0) | (slot->glob ? STATIC_CALL_KEY_GLOB : 0));
	fprintf(f, "\t.size " STATIC_CALL_KEY_PREFIX "%s, . - " STATIC_CALL_KEY_PREFIX "%s\n"
		"\t.popsection\n", symbol, symbol);
}

/*
 * The optimizer makes a shared library of units that were compiled for a program, too; there
 * what others may define is reached by the GOT, and nothing by its address.
 */
static void print_branch(FILE *f, struct sc_slot *slot, bool cond, unsigned harden)
{
	bool either = early && (flag_pie || !flag_pic);
	bool local = slot->local;
	int pic = flag_pic;

	if (either) {
		sc_lto_print_if_shared(f);
		slot->local = local && !(linkage_p(slot->var)
					 && DECL_VISIBILITY(slot->var) == VISIBILITY_DEFAULT);
		flag_pic = 2;
		sc_target_print_tramp(f, slot, cond, harden);
		flag_pic = pic;
		slot->local = local;
		sc_lto_print_else(f);
	}
	sc_target_print_tramp(f, slot, cond, harden);
	if (either)
		sc_lto_print_end(f);
}

/*
 * A local one obeys its unit.  Who shares one shares its branches, so that with the most
 * careful ones is that of all: linkers take it for the others, as it is not weak.  Its
 * group is its own; with the key there may be another one.
 */
static void print_tramp(FILE *f, struct sc_slot *slot, bool cond)
{
	bool comdat = comdat_p(slot->var);
	const char *symbol = sc_slot_symbol(slot, cond);
	unsigned harden = slot->keys[cond].harden;

	open_section(f, harden ? STATIC_CALL_CAREFUL_SECTION : STATIC_CALL_TEXT_SECTION, "ax", symbol,
		     !comdat ? NULL : harden ? STATIC_CALL_TRAMP_PREFIX : STATIC_CALL_KEY_PREFIX);
	fprintf(f, "\t.balign 16\n");
	/* A name of its own for code that a hardened one may take the place of: without it
	 * objdump(1) shows that as part of whatever comes next. */
	if (comdat && !harden)
		fprintf(f, "." STATIC_CALL_TRAMP_PREFIX "%s:\n", symbol);
	sc_target_print_stubs(f, slot, harden);
	print_symbol(f, STATIC_CALL_TRAMP_PREFIX, symbol, "function",
		     !comdat ? NULL : harden ? "globl" : "weak");
	fprintf(f, "\t.cfi_startproc\n");
	print_branch(f, slot, cond, harden);
	fprintf(f, "\t.cfi_endproc\n"
		"\t.size " STATIC_CALL_TRAMP_PREFIX "%s, . - " STATIC_CALL_TRAMP_PREFIX "%s\n"
		"\t.popsection\n", symbol, symbol);
}

static void print_slot(struct sc_slot *slot)
{
	for (int cond = false; cond <= true; cond++) {
		if (!slot->keys[cond].used)
			continue;
		n_used++;
		if (early)
			sc_lto_print_once(out, sc_slot_symbol(slot, cond));
		print_key(out, slot, cond);
		print_tramp(out, slot, cond);
		if (early)
			sc_lto_print_end(out);
	}
}

/* One key for the whole variable, and the record that refers to it. */
static void print_escape(tree var)
{
	FILE *f = out;
	tree size = DECL_SIZE_UNIT(var);

	n_escapes++;
	fprintf(f, "\t.pushsection " STATIC_CALL_KEYS_SECTION ",\"aw\",%%progbits\n"
		"\t.balign %d\n"
		"9:\t.%s %s, 0\n"
		"\t.long 0\n",
		STATIC_CALL_KEY_ALIGN, pointer_word(), sc_asm_name(var));
	print_key_rest(f, sc_full_name(var),
		       size && tree_fits_uhwi_p(size) ? tree_to_uhwi(size) : 0xffffffffu,
		       STATIC_CALL_KEY_ESCAPE, 0);
	fputs("\t.popsection\n"
	      "\t.pushsection " STATIC_CALL_ESCAPES_SECTION ",\"a" RETAIN "\",%progbits\n"
	      "\t.balign 4\n"
	      "\t.long 9b - .\n"
	      "\t.popsection\n", f);
}

/* Does the unit call the library, so that it does not link without? */
static bool needs_library_p(void)
{
	cgraph_node *node;

	FOR_EACH_FUNCTION(node)
		if (!node->definition && DECL_NAME(node->decl)
		    && startswith(IDENTIFIER_POINTER(DECL_NAME(node->decl)), "__static_call_")
		    && (node->callers || TREE_SYMBOL_REFERENCED(DECL_ASSEMBLER_NAME(node->decl))))
			return true;
	return false;
}

/*
 * Does the unit define pointers for others to call, or, in @any, declare such?  They are
 * patched only where whoever has a pointer has registered, as it is compiled with the plugin then.
 */
static bool has_pointers_p(bool any)
{
	varpool_node *node;

	FOR_EACH_VARIABLE(node)
		if ((node->definition || any) && TREE_PUBLIC(node->decl)
		    && sc_slot_var_of(node->decl))
			return true;
	return false;
}

/*
 * A number, as what is in no section needs none.  It may stand for two names, and the texts
 * of several units be in one file: the assembler takes no second value for what has been used.
 */
static void print_unseen(const char *name, tree)
{
	name = sc_unseen_stem(name);
	n_unseen++;
	fprintf(out, "\t.ifndef " STATIC_CALL_UNSEEN_PREFIX "%s\n"
		"\t.weak " STATIC_CALL_UNSEEN_PREFIX "%s\n"
		"\t.set " STATIC_CALL_UNSEEN_PREFIX "%s, 1\n", name, name, name);
	/* It must not come to be seen from outside of a library.  In a program it cannot be
	 * missed where objcopy(1) makes what is hidden local. */
	if (early || (flag_pic && !flag_pie))
		fprintf(out, "\t.hidden " STATIC_CALL_UNSEEN_PREFIX "%s\n", name);
	fputs("\t.endif\n", out);
}

/*
 * Does the unit need a descriptor, though it has no calls?  A program that only stores may have,
 * by a copy relocation, a library's pointer.  Who does not need the library must link without,
 * and cannot tell that it knows the mark.
 */
static bool registers_p(void)
{
	return has_pointers_p(needs_library_p());
}

static void print_all(FILE *f)
{
	out = f;
	n_used = n_escapes = n_unseen = 0;
	/* This links the descriptor in. */
	if (registers_p())
		fprintf(f, "\t.globl " STATIC_CALL_DSO_SYMBOL "\n");
	fputs(sc_target_asm_enter(), f);
	sc_slot_for_each(print_slot);
	sc_escape_for_each(print_escape);
	sc_unseen_for_each(print_unseen);
	sc_note_print(f);
	if (n_used || n_escapes)
		fprintf(f, "\t.hidden " STATIC_CALL_DSO_SYMBOL "\n");
	fputs(sc_target_asm_leave(), f);
}

/* What any function of the unit wants of its trampolines, by their kinds. */
static unsigned harden[2];

static void use_all(struct sc_slot *slot)
{
	for (struct sc_key &key : slot->keys) {
		if (key.tramps.is_empty())
			continue;
		sc_key_use(&key);
		sc_lto_need(slot->var);
	}
	for (int cond = false; cond <= true; cond++)
		harden[cond] |= slot->keys[cond].harden;
}

static void harden_all(struct sc_slot *slot)
{
	for (int cond = false; cond <= true; cond++)
		slot->keys[cond].harden |= harden[cond];
}

/* Which calls remain is not known yet: every trampoline is needed. */
static void before_ipa(void *, void *)
{
	char *text;
	size_t size;

	early = flag_lto && !seen_error();
	if (!early)
		return;

	FILE *f = open_memstream(&text, &size);

	/* All or none: of several units' texts in one file whole ones come first. */
	sc_slot_for_each(use_all);
	sc_slot_for_each(harden_all);
	sc_escape_for_each(sc_lto_need);
	sc_lto_add_needed();
	print_all(f);
	fclose(f);
	bool ours = n_used || n_escapes || has_pointers_p(false);

	if (ours || n_unseen || registers_p())
		sc_lto_add_text(text, ours, harden[false] || harden[true]);
	free(text);
}

static void finish_unit(void *, void *)
{
	if (!early && !seen_error() && !flag_syntax_only && asm_out_file)
		print_all(asm_out_file);
}

static void start_unit(void *, void *)
{
	if (sc_options.two_slot && !sc_target_two_slot_p())
		error("%<-fplugin-arg-staticcall-tramp=two-slot%> is not supported for this target");
}

void sc_emit_init(const char *plugin_name)
{
	sc_note_init(plugin_name);
	register_callback(plugin_name, PLUGIN_START_UNIT, start_unit, NULL);
	register_callback(plugin_name, PLUGIN_ALL_IPA_PASSES_START, before_ipa, NULL);
	register_callback(plugin_name, PLUGIN_FINISH_UNIT, finish_unit, NULL);
}
