/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * startup.S: a program of SITES static calls, 32 bytes apart, none executed.
 *
 * What the plugin would emit for them, written out because compiling a million
 * calls takes minutes.  main() returns at once: all that is measured is the
 * work before it.
 *
 * UNREGISTERED: with a descriptor of its own that nobody registers.
 * POINTERS: and with as many pointers for the dynamic linker to relocate.
 */
#include <staticcall/abi.h>

	.text
	.globl	main
	.type	main, @function
main:
	xorl	%eax, %eax
	ret
	.size	main, . - main

target:
	ret

	.p2align 5
sites:
	.rept	SITES
	.byte	0x67, 0x67, 0x67, 0xe8		/* call __SCT__fp, padded */
	.long	__SCT__fp - . - 4
	.zero	24, 0x90
	.endr

	.section .static_call_sites, "ao", @progbits, sites
	.balign	4
	.set	site, 0
	.rept	SITES
	.long	sites + 32 * site + 3 - .
	.long	__SCK__fp - .
	.set	site, site + 1
	.endr

	.section .static_call.text, "ax", @progbits
	.type	__SCT__fp, @function
__SCT__fp:
	movq	fp(%rip), %r11
	testq	%r11, %r11
	je	1f
	jmp	*%r11
1:	ret

	.section .rodata.str1.1, "aMS", @progbits, 1
name:	.asciz	"fp"

	.section .data.rel.ro.static_call, "aw"
	.balign	STATIC_CALL_KEY_ALIGN
__SCK__fp:
	.quad	fp, 0
	.long	__SCT__fp - ., name - ., __static_call_dso - .
	.long	8				/* a pointer's size */
	.short	STATIC_CALL_KEY_POINTER, STATIC_CALL_KEY_COND
	.long	0
	.hidden	__static_call_dso

	.data
	.balign	8
fp:	.quad	target

#ifdef UNREGISTERED
	.globl	__static_call_dso
__static_call_dso:
	.zero	128
#endif

#ifdef POINTERS
	.section .data.rel.ro, "aw"
	.balign	8
	.set	site, 0
	.rept	SITES
	.quad	sites + 32 * site
	.set	site, site + 1
	.endr
#endif

	.section .note.GNU-stack, "", @progbits
