/* SPDX-License-Identifier: MIT */
/*
 * pieces.c: by which ld-scripts/staticcall.ld sees whether the tables are there.
 *
 * Apart from dso.c, as lld links in whatever a library's script names, also where a program
 * has no static calls; this does nothing there.
 */
#include "staticcall/abi.h"

/* For lld a table of nothing is none, so there is a record of nothing among the escapes. */
#define PIECE(table, section, what)							\
	".pushsection " section ",\"ao\",%progbits,__static_call_none\n"			\
	".balign 4\n"									\
	".globl __static_call_" table "_piece\n"						\
	".hidden __static_call_" table "_piece\n"					\
	"__static_call_" table "_piece:\n"						\
	what										\
	".popsection\n"

__asm__(".text\n"
	".balign 4\n"
	".globl __static_call_none\n"
	".hidden __static_call_none\n"
	".type __static_call_none, %object\n"
	".size __static_call_none, 4\n"
	"__static_call_none: .long 0\n"
	PIECE("sites", STATIC_CALL_SITES_SECTION, "")
	PIECE("escapes", STATIC_CALL_ESCAPES_SECTION, ".long 0\n"));
