/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * staticcall-plugin.h: how the parts of the plugin know each other.
 *
 * One direction: options, patterns -> mark (which variables) -> slot (which pointer an
 * expression denotes) -> rewrite (GIMPLE: calls, stores, escapes) -> record
 * (RTL: sites) -> emit (assembly: records, keys, trampolines).
 */
#ifndef STATICCALL_PLUGIN_H
#define STATICCALL_PLUGIN_H

#include "gcc-headers.h"

/* options.cc: what -fplugin-arg-staticcall-* says. */
struct sc_options {
	bool report;		/* say what was done and what was not, and why */
	bool report_all;	/* of the other indirect calls too */
	bool align;		/* each site inside one aligned word */
	bool kernel;		/* record what a kernel calls, nothing else */
	bool kernel_lld;	/* which lld links */
	bool two_slot;		/* trampolines whose code holds the target, in two places */
};
extern struct sc_options sc_options;

/* Read the arguments; false after an error. */
bool sc_options_init(struct plugin_name_args *info);

/*
 * As -D has it, for what is preprocessed only, too; in C and C++.  The front ends queue it
 * until they are ready.
 */
void sc_define_macro(const char *definition);

/* patterns.cc: read patterns, for marking by name; false after an error. */
bool sc_patterns_add_list(const char *list);
bool sc_patterns_add_file(const char *path);

/* How something is marked: not at all, by patterns with wildcards alone, or by name. */
enum sc_marked { SC_UNMARKED, SC_BY_GLOB, SC_BY_NAME };

/* Was variable @var marked by a pattern? */
enum sc_marked sc_options_mark_var(tree var);

/* Was the pointer at @member (".read") inside of @var? */
enum sc_marked sc_options_mark_member(tree var, const char *member);

/* Does the last pattern that matches it, or all of @var, take it back? */
bool sc_options_unmark_member(tree var, const char *member);

/* Could any pointer inside of @var be marked by itself? */
enum sc_marked sc_options_mark_any_member(tree var);

/* The unit has @decl, for sc_options_for_each_unused(). */
void sc_options_note(tree decl);

/* Does an entry without a wildcard name @decl, and no member of it? */
bool sc_options_names_p(tree decl);

/* Call @fn for each entry that fits nothing that was noted. */
void sc_options_for_each_unused(void (*fn)(const char *entry));

/* Call @fn for each entry that is for members of @var, by its name, and fits none. */
void sc_options_for_each_lost(tree var, void (*fn)(tree var, const char *entry));

/* depend.cc: what is compiled depends on the file @path, and make shall know. */
void sc_depend_on(const char *path);
void sc_depend_init(const char *plugin_name);

/*
 * mark.cc: which variables are marked, by attribute or by name.
 */
void sc_mark_init(const char *plugin_name);

/* Is all of variable @var marked? */
bool sc_mark_var_p(tree var);

/* Is that by patterns, of which one takes back the pointer at @member inside of it? */
bool sc_mark_taken_back_p(tree var, const char *member);

/* Is it by a wildcard, or is what is marked inside of it?  Nobody may have thought of it. */
bool sc_mark_by_glob_p(tree var);

/* Call @fn for every variable marked in this unit. */
void sc_mark_for_each(void (*fn)(tree var));

/* The same for those of which entries of a list name members. */
void sc_mark_for_each_part(void (*fn)(tree var));

/*
 * struct sc_key: a key and its trampoline, for calls of one kind.
 * @slot:   the pointer; NULL at link time.
 * @symbol: the pointer's name and the kind, without the prefix of key or trampoline.
 * @tramps: the trampoline's declarations, one for each type that it is called by.
 * @used:   instructions refer to the trampoline: emit it and the key.
 * @harden: what those who call it want of its branches: sc_target_hardening().
 */
struct sc_key {
	struct sc_slot *slot;
	char *symbol;
	vec<tree> tramps;
	bool used;
	unsigned harden;
};

/*
 * struct sc_slot: one marked pointer as this unit sees it.
 * @var, @offset: the variable that holds it, and where in it, in bytes.
 * @type:   the pointer's type.
 * @name:   as written in the source: "fp", "ops.read", "tbl[2]", "ns::fp".
 * @keys:   [false] of strict calls, which fault as in C where the pointer is NULL;
 *	    [true] of tolerant ones, which do nothing then.
 * @local:  this unit's code can address the variable without the GOT.
 * @glob:   marked by a wildcard alone.
 */
struct sc_slot {
	tree var;
	HOST_WIDE_INT offset;
	tree type;
	char *name;
	struct sc_key keys[2];
	bool local, glob;
};

/* slot.cc: the marked pointer that lvalue @ref denotes, or NULL. */
struct sc_slot *sc_slot_of(tree ref);

/* Why there is none, in a variable of which something is marked. */
const char *sc_why_no_slot(tree ref);

/* What to call the pointer that @ref, a part of such a variable, denotes. */
const char *sc_slot_name_of(tree ref);

/* Call @fn for each pointer to a function in the structure @var, if one can say which there are. */
void sc_slot_for_each_member(tree var, void (*fn)(tree var, const char *member));

/* The variable of static storage duration that lvalue @ref lies in, or NULL. */
tree sc_slot_base(tree ref);

/* Does @t, a variable or the memory that an expression denotes, lie in a named address space? */
bool sc_named_space_p(tree t);

/* The marked variable that lvalue @ref lies in, wherever in it; or NULL. */
tree sc_slot_var_of(tree ref);

/* How pointers inside of @var are marked by themselves: the best of their marks. */
enum sc_marked sc_slot_members_marked(tree var);

/* The key whose trampoline @decl is, or NULL. */
struct sc_key *sc_key_of_tramp(tree decl);

/*
 * Function type @fntype without the attribute "const", which is a qualifier.
 * What is called depends on the pointer, so the call is no more than "pure".
 */
tree sc_slot_fntype(tree fntype);

/*
 * The symbol, without a prefix, of the slot's key and trampoline: of that for calls
 * which do nothing where the pointer is NULL (@cond), or of the other one.
 */
const char *sc_slot_symbol(const struct sc_slot *slot, bool cond);

/*
 * The key's trampoline as a function of type @fntype, declared when first asked for.  What
 * GCC knows of a call by its type it takes from there: never the pointer's own type, which
 * may be another one.
 */
tree sc_key_tramp(struct sc_key *key, tree fntype);


/*
 * How many pointers to functions @type holds; an array counts as one element.
 * @align: alignment of the object in bits; lowered to that of the worst one.
 */
unsigned sc_slot_count(tree type, unsigned *align);

/* Instructions refer to the key's trampoline, while there still is a symbol table. */
void sc_key_use(struct sc_key *key);

/* Can this unit's code address @var without the GOT? */
bool sc_reached_directly_p(tree var);

/* Is it for tolerant calls? */
bool sc_key_cond_p(const struct sc_key *key);

/* Call @fn for every slot that this unit used so far. */
void sc_slot_for_each(void (*fn)(struct sc_slot *slot));

/* The name that the assembler knows @decl by; and the same as it must be written by itself. */
const char *sc_symbol(tree decl);
const char *sc_asm_name(tree decl);

/* What another unit knows @var by, if that is a weak reference; or NULL. */
const char *sc_weakref_target(tree var);

/* Can names be made of @symbol, by a prefix or a suffix? */
bool sc_symbol_plain_p(const char *symbol);

/*
 * The name of @decl in the source, with the namespaces and classes it is in, but for
 * those without a name; valid until the next call.
 */
const char *sc_full_name(tree decl);

/* Keep tree @t alive across garbage collections. */
void sc_keep(tree t);

/* escape.cc: variables whose address leaves the plugin's sight. */
void sc_escape(tree var, location_t loc);
/* The same for one that the function at hand stores to, and cannot tell the runtime. */
void sc_escape_by_store(tree var, location_t loc);

void sc_escape_init(const char *plugin_name);
void sc_escape_for_each(void (*fn)(tree var));

/*
 * unseen.cc: variables that hold pointers to functions, have linkage and are not marked
 * in this unit, but are stored to by it, or let out.  Others may have marked them.
 */

/* The variable of that kind that lvalue @ref lies in is stored to, or its address let out. */
void sc_unseen(tree ref);

/*
 * The variable that lvalue @ref is, if it is declared as a pointer to void or to what is
 * incomplete, a name or wildcard marks it, and @value, which is stored there, may be for a
 * pointer to a function; or NULL.
 */
tree sc_opaque_var_of(tree ref, tree value);
void sc_unseen_init(const char *plugin_name);

/* By the names that others know them by; @var is NULL where only assembly names it. */
void sc_unseen_for_each(void (*fn)(const char *name, tree var));

/* What ld --wrap may make of @name, or @name of that, has the same stem. */
const char *sc_unseen_stem(const char *name);

/* assembly.cc: does an asm statement outside of functions have @symbol? */
bool sc_in_assembly_p(const char *symbol);

/* What else may be a name in those statements of the assembler that have it. */
void sc_beside_in_assembly(const char *symbol, void (*fn)(const char *name));

/* note.cc: tell other files of them, in assembly. */
void sc_note_print(FILE *f);
void sc_note_init(const char *plugin_name);

/*
 * label.cc: have "final" print a label in front of @insn or behind it.  Returns its
 * number; @at: what stands for it in the chain.
 */
int sc_label_insn(rtx_insn *insn, bool after, rtx_insn **at);
void sc_label_print(FILE *f, int number);

/*
 * site.cc: have GCC make no jumps where they cannot be sites.
 */
void sc_site_init(void);

/* Align the call or jump @insn, so that one store can change it. */
void sc_site_align(rtx_insn *insn);

/*
 * Put around it what the target wants there, and label it.  Returns the label's number;
 * the site is @offset bytes behind the label.
 */
int sc_site_label(rtx_insn *insn, int *offset);

/*
 * lto.cc: units compiled for optimization at link time, and that optimization.
 */
void sc_lto_init(const char *plugin_name);

/* Is this the link-time optimizer? */
bool sc_lto_link(void);

/* Assembly shall be able to refer to variable @var from any part of the program. */
void sc_lto_publish(tree var);

/* Was @var, which is public now, static? */
bool sc_lto_published_p(tree var);

/* Put @text between these, so that it stands once in each file of assembly. */
void sc_lto_print_once(FILE *f, const char *symbol);
void sc_lto_print_end(FILE *f);

/* The same for what is in shared libraries alone, and for what is elsewhere. */
void sc_lto_print_if_shared(FILE *f);
void sc_lto_print_else(FILE *f);

/* What links this unit needs variable @var, whatever of the unit refers to it; and now it is known. */
void sc_lto_need(tree var);
void sc_lto_add_needed(void);

/*
 * Make @text part of the unit, not of its assembly, which is yet to come.  @ours: there
 * may be sites, which the plugin must record when that is assembled.  @first: of the
 * texts of several units.
 */
void sc_lto_add_text(const char *text, bool ours, bool first);

/* kernel.cc: all that is done in kernel mode. */
void sc_kernel_init(const char *plugin_name);

/* rewrite.cc, record.cc, emit.cc */
void sc_rewrite_init(const char *plugin_name);
void sc_record_init(const char *plugin_name);
void sc_emit_init(const char *plugin_name);

/* report.cc: notes at a location, only where a report was asked for. */
void sc_report_init(const char *plugin_name);
void sc_report_rewritten(location_t loc, const struct sc_slot *slot, bool cond);
void sc_report_left(location_t loc, const char *name, const char *why);
void sc_report_store(location_t loc, tree var);
void sc_report_other(location_t loc, const char *why);
void sc_report_escape(location_t loc, tree var);

#endif
