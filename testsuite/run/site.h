/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * site.h: sites written by hand, for what the plugin never emits: sites that
 * cross words, lines and pages, and wrong ones.
 *
 * A pointer that C code calls, too, has its key and trampoline from the plugin.
 */
#ifndef SITE_H
#define SITE_H

/* RECORD("label", fp, flags): a record for the site at `label`, in .text. */
#define RECORD(label, fp, flags)					\
	".pushsection .static_call_sites,\"ao\",%progbits,.text\n"	\
	".balign 4\n"							\
	"	.long " label SITE_STATE " - .\n"			\
	"	.long __SCK__" fp " - . + " flags "\n"			\
	".popsection\n"

#endif
