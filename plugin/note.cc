/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * note.cc: what a unit tells of variables that it does not know to be marked, and that
 * another executable or library may mark.
 *
 * It is a note, by their names: it refers to nothing, so it keeps nothing, needs no relocation
 * and links wherever the unit does without it.  A library that is loaded when others have
 * patched their calls already must tell them that it is there; for that it has a
 * constructor, one each, which does what a tolerant trampoline does with a pointer to
 * a function of the runtime that is NULL where there is no runtime.
 */
#include "target/target.h"
#include "staticcall/abi.h"

/* The constructor's name is that of a trampoline, and its group's. */
#define LOOK		STATIC_CALL_TRAMP_PREFIX STATIC_CALL_LOOK_SYMBOL
#define LOOK_POINTER	STATIC_CALL_LOOK_SYMBOL ".at"

static vec<const char *> told;

/*
 * Could the unit become part of a library?  An executable is there before all others,
 * who look for its note when they start.
 */
static bool late;

/* May others know the variable, or this unit one of theirs?  -fvisibility= is for definitions. */
static bool shared_p(tree var)
{
	enum symbol_visibility visibility = DECL_VISIBILITY(var);

	return sc_weakref_target(var)
	       || visibility == VISIBILITY_DEFAULT || visibility == VISIBILITY_PROTECTED
	       || (DECL_EXTERNAL(var) && !DECL_VISIBILITY_SPECIFIED(var));
}

static void choose(const char *name, tree var)
{
	if (var && !shared_p(var))
		return;
	told.safe_push(name);
	late |= var && !sc_reached_directly_p(var);
}

static void print_note(FILE *f)
{
	const char *name;
	unsigned i;

	fprintf(f, "\t.pushsection " STATIC_CALL_NOTE_SECTION ",\"a\",%%note\n"
		"\t.balign 4\n"
		"\t.long 2f - 1f, 4f - 3f, %d\n"
		"1:\t.string \"" STATIC_CALL_NOTE "\"\n"
		"2:\t.balign 4\n"
		"3:\n", STATIC_CALL_NOTE_UNSEEN);
	FOR_EACH_VEC_ELT(told, i, name)
		fprintf(f, "\t.string \"%s\"\n", name);
	fputs("4:\t.balign 4\n"
	      "\t.popsection\n", f);
}

static void open_section(FILE *f, const char *name, const char *flags, const char *type)
{
	fprintf(f, "\t.pushsection %s,\"%sG\",%%%s," LOOK ",comdat\n", name, flags, type);
}

static void print_hidden(FILE *f, const char *symbol, const char *type)
{
	fprintf(f, "\t.weak %s\n\t.hidden %s\n\t.type %s, %%%s\n%s:\n", symbol, symbol, symbol,
		type, symbol);
}

static void print_word(FILE *f, const char *symbol)
{
	fprintf(f, "\t.balign %d\n", POINTER_SIZE / BITS_PER_UNIT);
	if (symbol)
		print_hidden(f, symbol, "object");
	fprintf(f, "\t.%s %s\n\t.popsection\n", POINTER_SIZE == 64 ? "quad" : "long",
		symbol ? STATIC_CALL_LOOK_SYMBOL : LOOK);
}

static struct sc_slot *look_slot(void)
{
	static struct sc_slot slot;

	if (slot.var)
		return &slot;
	slot.var = build_decl(UNKNOWN_LOCATION, VAR_DECL, get_identifier(LOOK_POINTER),
			      ptr_type_node);
	SET_DECL_ASSEMBLER_NAME(slot.var, DECL_NAME(slot.var));
	sc_keep(slot.var);
	slot.local = true;
	slot.keys[true].symbol = xstrdup(STATIC_CALL_LOOK_SYMBOL);
	return &slot;
}

/* What any function of the unit wants of branches. */
static unsigned harden;

static void before_ipa(void *, void *)
{
	cgraph_node *node;

	FOR_EACH_FUNCTION(node)
		if (node->definition)
			harden |= sc_target_hardening(node->decl, true);
}

/* Before all others, as they may store. */
static void print_look(FILE *f)
{
	int pic = flag_pic;

	/* Once in a file, which may be of several units. */
	fputs("\t.ifndef " LOOK "\n"
	      "\t.weak " STATIC_CALL_LOOK_SYMBOL "\n", f);
	open_section(f, ".data.rel.ro.staticcall_look", "aw", "progbits");
	print_word(f, LOOK_POINTER);
	open_section(f, ".text.startup", "ax", "progbits");
	fputs("\t.balign 16\n", f);
	sc_target_print_stubs(f, look_slot(), harden);
	print_hidden(f, LOOK, "function");
	fputs("\t.cfi_startproc\n", f);
	sc_target_print_landing_pad(f);
	/* In a library, also where the unit was compiled for a program. */
	flag_pic = 2;
	sc_target_print_tramp(f, look_slot(), true, harden);
	flag_pic = pic;
	fputs("\t.cfi_endproc\n"
	      "\t.size " LOOK ", . - " LOOK "\n"
	      "\t.popsection\n", f);
	open_section(f, ".init_array.00001", "aw", "init_array");
	print_word(f, NULL);
	fputs("\t.endif\n", f);
}

void sc_note_print(FILE *f)
{
	told.truncate(0);
	/* With -flto that is known at link. */
	late = flag_lto || (flag_pic && !flag_pie);
	sc_unseen_for_each(choose);
	if (told.is_empty())
		return;
	print_note(f);
	if (late)
		print_look(f);
}

void sc_note_init(const char *plugin_name)
{
	register_callback(plugin_name, PLUGIN_ALL_IPA_PASSES_START, before_ipa, NULL);
}
