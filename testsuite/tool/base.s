# SPDX-License-Identifier: GPL-2.0-or-later
# A correct table with a call, a tail call and a conditional one, an escape and
# a second key.  The tests spoil one line of it at a time.

	.text
	.globl	_start
	.type	_start, @function
_start:
	push	%rbx
	.byte	0x67
	.p2align 3, 0x67, 4
.Lcall:	call	__SCT__fp
	.byte	0x67
	.p2align 3, 0x67, 4
.Lsecond: call	__SCT__gp
	pop	%rbx
	test	%edi, %edi
	.byte	0x67
	.p2align 3, 0x67
.Ljcc:	jne	__SCT__fp
	.byte	0x67
	.p2align 3, 0x67
.Ltail:	jmp	__SCT__fp
	.size	_start, . - _start

	.section .static_call_sites, "ao", @progbits, .text
	.balign	4
	.long	.Lcall - . ;	.long	__SCK__fp - .
	.long	.Lsecond - . ;	.long	__SCK__gp - .
	.long	.Ljcc - . ;	.long	__SCK__fp - . + 1
	.long	.Ltail - . ;	.long	__SCK__fp - . + 1

	.section .static_call_escapes, "a", @progbits
	.balign	4
	.long	__SCK__gp - .

	.section .data.rel.ro.static_call, "aw", @progbits
	.balign	8
__SCK__fp:
	.quad	fp
	.quad	0
	.long	__SCT__fp - .
	.long	.Lfp_name - .
	.long	__static_call_dso - .
	.long	8
	.quad	0
__SCK__gp:
	.quad	gp
	.quad	0
	.long	__SCT__gp - .
	.long	.Lgp_name - .
	.long	__static_call_dso - .
	.long	8
	.2byte	0, 1	# COND
	.long	0

	.section .static_call.text, "ax", @progbits
__SCT__fp:
	jmp	*fp(%rip)
__SCT__gp:
	mov	gp(%rip), %r11
	test	%r11, %r11
	je	1f
	jmp	*%r11
1:	ret

	.section .rodata, "a", @progbits
.Lfp_name: .string "fp"
.Lgp_name: .string "gp"

	.data
	.balign	8
fp:	.quad	0
gp:	.quad	0
	.globl	__static_call_dso
	.hidden	__static_call_dso
__static_call_dso:
	.long	2, 64
	.quad	__start_static_call_sites, __stop_static_call_sites
	.quad	__start_static_call_escapes, __stop_static_call_escapes
	.quad	0, 0
	.quad	0
	.hidden	__start_static_call_sites, __stop_static_call_sites
	.hidden	__start_static_call_escapes, __stop_static_call_escapes
	.weak	__start_static_call_sites, __stop_static_call_sites
	.weak	__start_static_call_escapes, __stop_static_call_escapes

	.section .note.GNU-stack, "", @progbits
