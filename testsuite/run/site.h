/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * site.h: keys and sites written by hand, for what the plugin never emits:
 * sites that cross words, lines and pages, and wrong ones.
 */
#ifndef SITE_H
#define SITE_H

/* KEY(fp): the key and the trampoline of the global pointer fp. */
#define KEY(fp) __asm__(						\
	".hidden __static_call_dso\n"					\
	".pushsection .rodata.str1.1,\"aMS\",@progbits,1\n"		\
	"name_" #fp ": .string \"" #fp "\"\n"				\
	".popsection\n"							\
	".pushsection .data.rel.ro.static_call,\"aw\",@progbits\n"	\
	".balign 8\n"							\
	"__SCK__" #fp ":\n"						\
	"	.quad " #fp "\n"					\
	"	.long __SCT__" #fp " - .\n"				\
	"	.long name_" #fp " - .\n"				\
	"	.long __static_call_dso - .\n"				\
	"	.long 8\n"						\
	".popsection\n"							\
	".pushsection .static_call.text,\"ax\",@progbits\n"		\
	".balign 16\n"							\
	"__SCT__" #fp ":\n"						\
	"	mov	" #fp "(%rip), %r11\n"				\
	"	test	%r11, %r11\n"					\
	"	je	1f\n"						\
	"	jmp	*%r11\n"					\
	"1:	ret\n"							\
	".popsection\n")

/* RECORD("label", fp, flags): a record for the site at `label`, in .text. */
#define RECORD(label, fp, flags)					\
	".pushsection .static_call_sites,\"ao\",@progbits,.text\n"	\
	".balign 4\n"							\
	"	.long " label " - .\n"					\
	"	.long __SCK__" fp " - . + " flags "\n"			\
	".popsection\n"

#endif
