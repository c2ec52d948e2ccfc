/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * torture_x86.h: sites at any offset, by hand.
 *
 * Site i is of key i % 4 and kind i / 4 % 3.  Most are moved through a line
 * byte by byte; the last 16 go across the borders of 16 pages, or byte 0 alone does.
 */
__asm__(".text\n"
	".macro site_entry at\n"
	"	.pushsection .data.rel.local, \"aw\", %progbits\n"
	"	" SITE_POINTER " \\at\n"
	"	.popsection\n"
	".endm\n"
	".macro one fp, kind\n"
	".if \\kind == 0\n"
	SITE_HEAD
	"9999:	call __SCT__\\fp\n"
	"	ret\n"
	".elseif \\kind == 1\n"
	SITE_HEAD
	"9999:	jmp __SCT__\\fp\n"
	".else\n"
	SITE_HEAD
	"9999:	jne __SCT__\\fp\n"
	"	mov $2000, %eax\n"
	"	ret\n"
	".endif\n"
	".pushsection .static_call_sites, \"ao\", %progbits, .text\n"
	"	.balign 4\n"
	"	.long 9999b - .\n"
	".if \\kind == 0\n"
	"	.long __SCK__\\fp - .\n"
	".else\n"
	"	.long __SCK__\\fp - . + 1\n"
	".endif\n"
	".popsection\n"
	".endm\n"
	".pushsection .data.rel.local, \"aw\", %progbits\n"
	".balign 8\n"
	"sites:\n"
	".popsection\n"
	".set i, 0\n"
	".rept 1152\n"
	".if i < 1136\n"
	"	.balign 64\n"
	"	.nops i % 64 + 1\n"
	".else\n"
	"	.balign 4096\n"
	"	.skip 4082 + i % 8\n"
	".endif\n"
	"9998:	mov $1000, %eax\n"	/* 5 bytes */
	"	" SITE_TEST "\n"		/* 5 bytes at most */
	"	site_entry 9998b\n"
	".if i % 4 == 0\n"
	"	one fp0.cond, (i/4%3)\n"
	".elseif i % 4 == 1\n"
	"	one fp1.cond, (i/4%3)\n"
	".elseif i % 4 == 2\n"
	"	one fp2.cond, (i/4%3)\n"
	".else\n"
	"	one fp3.cond, (i/4%3)\n"
	".endif\n"
	".set i, i + 1\n"
	".endr\n");

extern target sites[SITES];
