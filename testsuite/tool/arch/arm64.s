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
\label:	bl	__SCT__\key
	.endm
	.macro site_tail label, key
\label:	b	__SCT__\key
	.endm
	.macro null_test
	cbz	x16, 1f
	.endm
	.macro jump
	ldr	x16, [x16]
	br	x16
1:	ret
	.endm
	.macro near_tramp key, of
__SCT__\key:
	nop
	adrp	x16, \of
	add	x16, x16, :lo12:\of
	jump
	.endm
	.macro far_tramp key, of
__SCT__\key:
	hint	34
	nop
	adrp	x16, __SCK__\of
	ldr	x16, [x16, :lo12:__SCK__\of]
	null_test
	jump
	.endm
