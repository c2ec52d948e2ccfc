# SPDX-License-Identifier: GPL-2.0-or-later
# The nop of two bytes is for the alignment of a site to matter.
	.set	PTR, 8
	.set	SITE, 4
	.set	TAIL, 1

	.macro pointer value
	.quad	\value
	.endm
	.macro enter
	c.nop
	.endm
	.macro site insn, label, key
	.balign	4
	.option push
	.option norelax
\label:	\insn	__SCT__\key
	.option pop
	.endm
	.macro site_call label, key
	site	call, \label, \key
	.endm
	.macro site_tail label, key
	site	tail, \label, \key
	.endm
	.macro null_test
	beqz	t1, 1f
	.endm
	.macro jump
	jr	t1
1:	ret
	.option pop
	.endm
	.macro load key, from
	.option push
	.option norvc
	.option norelax
__SCT__\key:
	nop
	ld	t1, \from
	.endm
	.macro near_tramp key, of
	load	\key, \of
	jump
	.endm
	.macro far_tramp key, of
	load	\key, __SCK__\of
	ld	t1, 0(t1)
	null_test
	jump
	.endm
