# SPDX-License-Identifier: GPL-2.0-or-later
	.set	PTR, 8
	.set	SITE, 0
	.set	TAIL, 1

	.macro pointer value
	.quad	\value
	.endm
	.macro enter
	.endm
	.macro site_call label, key
	.balign	8
\label:	brasl	%r14, __SCT__\key@PLT
	.endm
	.macro site_tail label, key
	.balign	8
\label:	jg	__SCT__\key@PLT
	.endm
	.macro null_test
	ltgr	%r1, %r1
	ber	%r14
	.endm
	.macro jump
	br	%r1
	.endm
	.macro near_tramp key, of
__SCT__\key:
	jgnop	.
	lgrl	%r1, \of
	jump
	.endm
	.macro far_tramp key, of
__SCT__\key:
	jgnop	.
	larl	%r1, __SCK__\of
	lg	%r1, 0(%r1)
	lg	%r1, 0(%r1)
	null_test
	jump
	.endm
