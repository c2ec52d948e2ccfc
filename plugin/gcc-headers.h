/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gcc-headers.h: GCC's own headers, in the one order that every supported
 * version accepts, and the only place for differences between versions.
 */
#ifndef SC_GCC_HEADERS_H
#define SC_GCC_HEADERS_H

#include "gcc-plugin.h"

#include "tm.h"
#include "tree.h"
#include "rtl.h"
#include "memmodel.h"
#include "tm_p.h"
#include "emit-rtl.h"
#include "output.h"
#include "options.h"
#include "opts.h"
#include "flags.h"
#include "target.h"
#include "diagnostic-core.h"
#include "diagnostic.h"
#include "stringpool.h"
#include "attribs.h"
#include "asan.h"
#include "function.h"
#include "basic-block.h"
#include "tree-pass.h"
#include "context.h"
#include "cgraph.h"
#include "varasm.h"
#include "stor-layout.h"
#include "fold-const.h"
#include "calls.h"
#include "builtins.h"
#include "attr-fnspec.h"
#include "tree-ssa-alias.h"
#include "internal-fn.h"
#include "tree-eh.h"
#include "gimple-expr.h"
#include "is-a.h"
#include "gimple.h"
#include "gimple-iterator.h"
#include "gimple-walk.h"
#include "gimplify.h"
#include "ssa.h"
#include "tree-ssa-operands.h"
#include "tree-dfa.h"
#include "tree-iterator.h"
#include "tree-cfg.h"
#include "intl.h"
#include "rtl-iter.h"
#include "print-tree.h"
#include "toplev.h"
#include "langhooks.h"
#include "cfg.h"
#include "gimple-fold.h"
#include "cpplib.h"
#include "file-prefix-map.h"

/*
 * The preprocessor and what it notes for -M.  Its header mkdeps.h is not installed, and
 * compilers of other languages, as the link-time optimizer, have no such reader.
 */
extern struct cpp_reader *parse_in __attribute__((weak));
extern class mkdeps *cpp_get_deps(cpp_reader *) __attribute__((weak));
extern void deps_add_dep(class mkdeps *, const char *) __attribute__((weak));

#if BUILDING_GCC_MAJOR < 12
static inline bool startswith(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}
#endif

/*
 * With -flto, asm statements outside of functions are streamed for the offload devices,
 * and then none is left for the unit itself.
 */
#define SC_OFFLOAD_TAKES_ASM	(BUILDING_GCC_MAJOR < 13)

/* Its name since GCC 15. */
#ifndef ASM_BASIC_P
#define ASM_BASIC_P ASM_INPUT_P
#endif

/* May code that is not position independent reach @var, of another DSO, without the GOT? */
static inline bool sc_direct_extern_access(tree var)
{
	/* x86's, since GCC 12. */
#ifdef ix86_direct_extern_access
	return ix86_direct_extern_access
	       && !lookup_attribute("nodirect_extern_access", DECL_ATTRIBUTES(var));
#else
	(void)var;
	return true;
#endif
}

/* The asm statement outside of functions that comes after @node. */
static inline asm_node *sc_next_asm(asm_node *node)
{
#if BUILDING_GCC_MAJOR >= 16
	return safe_dyn_cast<asm_node *>(node->next);
#else
	return node->next;
#endif
}

/*
 * Partition the program as by default where -fipa-reorder-for-locality would lose asm
 * statements outside of functions; was that so?  The option came with GCC 15, and in
 * GCC 16, where such statements have a partition, it gives them none.
 */
static inline bool sc_keep_toplevel_asm(void)
{
#if BUILDING_GCC_MAJOR >= 16
	bool lost = flag_ipa_reorder_for_locality;

	flag_ipa_reorder_for_locality = 0;
	return lost;
#else
	return false;
#endif
}

#endif
