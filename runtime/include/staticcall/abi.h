/* SPDX-License-Identifier: MIT */
/*
 * abi.h: what the plugin emits, and what the runtime and the tools read.
 *
 * This is the only statement of the layout; nobody repeats it.  Everything
 * here may be read from a file of another byte order or word size, so the
 * types have a fixed width, and pointers stand only where the dynamic linker
 * must be able to relocate them.
 *
 *   .static_call_sites    struct static_call_site[], one for each call or jump
 *                         to a trampoline.  SHF_LINK_ORDER: a record lives and
 *                         dies with the section of its instruction.
 *   .static_call_escapes  int32_t[], each the self-relative address of a key
 *                         whose slots can change behind the plugin's back; or 0.
 *   .data.rel.ro.static_call.<symbol>  struct static_call_key.
 *   .text.static_call.<symbol>  its trampoline; .text.hot.static_call.<symbol> if its
 *                         branches are careful.  With -flto keys and trampolines are
 *                         in COMDAT groups.
 *   .static_call_note     names of variables that are not marked here, and stored to.
 *
 * A self-relative value v at address p stands for the address p + v.
 */
#ifndef STATICCALL_ABI_H
#define STATICCALL_ABI_H

/* Names that the plugin gives to what it emits for a marked pointer `fp`. */
#define STATIC_CALL_KEY_PREFIX		"__SCK__"
#define STATIC_CALL_TRAMP_PREFIX	"__SCT__"

/* And to a marked pointer's second key and trampoline: STATIC_CALL_KEY_COND. */
#define STATIC_CALL_COND_SUFFIX		".cond"

/*
 * A unit that does not know variable `v` to be marked, but stores to it or lets its
 * address out, defines this symbol: static_call_key.unseen refers to it.  Where `v` is
 * `__wrap_w` or `__real_w`, which ld --wrap knows, it is that of `w`.
 */
#define STATIC_CALL_UNSEEN_PREFIX	"__SCE__"

/*
 * A variable that may also lie in another DSO, or be marked there, is in a note: its name,
 * with a NUL behind it, and those of others like it.  A DSO that may be loaded late tells
 * by a constructor that it is there: it calls _LOOK, if there is such a function.
 * Linkers know notes by their type; many a script discards what is called .note.
 */
#define STATIC_CALL_NOTE		"staticcall"
#define STATIC_CALL_NOTE_SECTION	".static_call_note"
#define STATIC_CALL_NOTE_COPY		1	/* the library's own, see runtime/twins.c */
#define STATIC_CALL_NOTE_UNSEEN		2
#define STATIC_CALL_LOOK_SYMBOL		"__static_call_look"

#define STATIC_CALL_SITES_SECTION	".static_call_sites"
#define STATIC_CALL_ESCAPES_SECTION	".static_call_escapes"
#define STATIC_CALL_KEYS_SECTION	".data.rel.ro.static_call"
#define STATIC_CALL_TEXT_SECTION	".text.static_call"
/* Linkers put it in front: of several trampolines of one name, objdump(1) shows the first. */
#define STATIC_CALL_CAREFUL_SECTION	".text.hot.static_call"

/* The descriptor of a DSO; every key refers to it, which links it in. */
#define STATIC_CALL_DSO_SYMBOL		"__static_call_dso"

/* Functions of the runtime that the plugin calls or knows. */
#define STATIC_CALL_STORE_SYMBOL	"__static_call_store"
#define STATIC_CALL_STORES_SYMBOL	"__static_call_stores"
#define STATIC_CALL_SYNC_SYMBOL		"__static_call_sync"
#define STATIC_CALL_UPDATE_SYMBOL	"__static_call_update"
#define STATIC_CALL_TARGET_SYMBOL	"__static_call_target"
#define STATIC_CALL_BATCH_UPDATE_SYMBOL	"__static_call_batch_update"

/* Low bits of static_call_site.key, as in the kernel. */
#define STATIC_CALL_SITE_TAIL		1	/* a jump: sibling call */
#define STATIC_CALL_SITE_INIT		2	/* set by the kernel, never here */
#define STATIC_CALL_SITE_FLAGS		3

/* Keys are aligned to at least this, so that the flags fit below. */
#define STATIC_CALL_KEY_ALIGN		8

/* static_call_dso.abi: changes when anything in this file does. */
#define STATIC_CALL_ABI			2

/* static_call_key.kind; what has another one is left alone by this library. */
#define STATIC_CALL_KEY_POINTER		0	/* a pointer to a function */
#define STATIC_CALL_KEY_ESCAPE		1	/* for .static_call_escapes alone */

/* static_call_key.flags; a key with a flag that is not known is left alone. */
#define STATIC_CALL_KEY_COND		1	/* calls through NULL do nothing */
#define STATIC_CALL_KEY_GLOB		2	/* marked by a wildcard alone */
#define STATIC_CALL_KEY_FLAGS		3

#ifndef __ASSEMBLER__

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * struct static_call_site: one call site; the kernel's layout to the bit.
 * @addr: self-relative address of the first opcode byte.
 * @key:  self-relative address of the key, plus STATIC_CALL_SITE_* flags.
 */
struct static_call_site {
	int32_t addr;
	int32_t key;
};

/*
 * struct static_call_key: one marked pointer as one DSO sees it.
 * @slot:   the pointer itself; possibly in another DSO.
 * @unseen: NULL, or some unit of this DSO that was compiled with the plugin changes
 *	    the pointer and does not know that it is marked: it is as good as escaped.
 * @tramp:  self-relative address of the trampoline; of no meaning in a key
 *	    that only .static_call_escapes refers to.
 * @name:   self-relative address of the pointer's name as written in C
 *	    ("fp", "ops.read", "tbl[2]"), NUL-terminated.
 * @dso:    self-relative address of the DSO's descriptor.
 * @size:   bytes from @slot on that the key stands for: a pointer's size, or,
 *	    in a key of .static_call_escapes, that of a whole escaped object,
 *	    every marked pointer inside of which has escaped.
 * @kind:   STATIC_CALL_KEY_POINTER or _ESCAPE.
 * @flags:  STATIC_CALL_KEY_COND, _GLOB.
 * @member: 0.  For a kind to come: @slot points to an object, and the pointer to
 *	    the function stands this many bytes from its start.
 *
 * A pointer has up to two keys: calls that C means, which fault where it is NULL,
 * and those that do nothing then (_COND).
 */
struct static_call_key {
	void **slot;
	const void *unseen;
	int32_t tramp;
	int32_t name;
	int32_t dso;
	uint32_t size;
	uint16_t kind;
	uint16_t flags;
	int32_t member;
};

/*
 * struct static_call_dso: what one executable or shared library registers.
 * @abi:  STATIC_CALL_ABI of the library that it was linked with.
 * @size: sizeof(struct static_call_dso).
 * @sites, @sites_end:     its .static_call_sites.
 * @escapes, @escapes_end: its .static_call_escapes.  Both are NULL where nobody knows them.
 * @tests, @tests_end:     NULL.  For records of tests of variables, to come.
 * @runtime: for the runtime alone.
 */
struct static_call_dso {
	uint32_t abi;
	uint32_t size;
	const struct static_call_site *sites, *sites_end;
	const int32_t *escapes, *escapes_end;
	const void *tests, *tests_end;
	void *runtime;
};

#ifdef __cplusplus
}
#endif

#endif /* __ASSEMBLER__ */
#endif /* STATICCALL_ABI_H */
