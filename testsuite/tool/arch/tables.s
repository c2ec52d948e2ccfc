# SPDX-License-Identifier: GPL-2.0-or-later
# A correct table with two calls and a tail call, an escape and a second key, for
# every architecture.  In front of this comes ARCH.s with the macros used here:
#	enter				what a function begins with
#	site_call LABEL, KEY		a site, and its label
#	site_tail LABEL, KEY		the same in tail position; TAIL is 0 if it is a call
#	near_tramp KEY, POINTER		a strict trampoline that reads the pointer itself
#	far_tramp KEY, POINTER		one that reads it through its key, and tests it
#	pointer VALUE			PTR bytes
# and SITE, which is what a record adds to a label.  The tests spoil one line at a
# time.

	.text
	.globl	_start
	.type	_start, %function
_start:
	enter
	site_call	.Lcall, fp
	site_call	.Lsecond, gp
	site_tail	.Ltail, fp
	.size	_start, . - _start
	.balign	16
	.type	__static_call_return0, %function
__static_call_return0:
	.skip	4
	.size	__static_call_return0, 4

	.section .static_call_sites, "ao", %progbits, .text
	.balign	4
	.long	.Lcall + SITE - .
	.long	__SCK__fp - .
	.long	.Lsecond + SITE - .
	.long	__SCK__gp - .
	.long	.Ltail + SITE - .
	.long	__SCK__fp + TAIL - .

	.section .static_call_escapes, "a", %progbits
	.balign	4
	.long	__SCK__gp - .

	.section .data.rel.ro.static_call, "aw", %progbits
	.balign	8
	.type	__SCK__fp, %object
__SCK__fp:
	pointer	fp
	pointer	0
	.long	__SCT__fp - .
	.long	.Lfp_name - .
	.long	__static_call_dso - .
	.long	PTR
	.2byte	0, 0
	.long	0
	.balign	8
	.type	__SCK__gp, %object
__SCK__gp:
	pointer	gp
	pointer	0
	.long	__SCT__gp - .
	.long	.Lgp_name - .
	.long	__static_call_dso - .
	.long	PTR
	.2byte	0, 1
	.long	0

	.section .static_call.text, "ax", %progbits
	.balign	16
	.skip	16
	.type	__SCT__fp, %function
	near_tramp fp, fp
	.size	__SCT__fp, . - __SCT__fp
	.balign	16
	.skip	16
	.type	__SCT__gp, %function
	far_tramp gp, gp
	.size	__SCT__gp, . - __SCT__gp

	.section .rodata, "a", %progbits
.Lfp_name: .string "fp"
.Lgp_name: .string "gp"

	.data
	.balign	8
fp:	pointer	0
	.globl	gp
gp:	pointer	0
	.balign	8
	.globl	__static_call_dso
	.hidden	__static_call_dso
__static_call_dso:
	.long	2, 8 + 7 * PTR
	pointer	__start_static_call_sites
	pointer	__stop_static_call_sites
	pointer	__start_static_call_escapes
	pointer	__stop_static_call_escapes
	pointer	0
	pointer	0
	pointer	0
	.hidden	__start_static_call_sites, __stop_static_call_sites
	.hidden	__start_static_call_escapes, __stop_static_call_escapes
	.weak	__start_static_call_sites, __stop_static_call_sites
	.weak	__start_static_call_escapes, __stop_static_call_escapes

	.section .note.GNU-stack, "", %progbits
