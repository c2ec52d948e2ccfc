# SPDX-License-Identifier: GPL-2.0-or-later
# A site has no tail call, and goes to the second entry of the trampoline.
	.abiversion 2
	.set	PTR, 8
	.set	SITE, 0
	.set	TAIL, 0

	.macro pointer value
	.quad	\value
	.endm
	.macro set_toc name
	addis	2, 12, .TOC. - \name@ha
	addi	2, 2, .TOC. - \name@l
	.localentry \name, . - \name
	.endm
	.macro enter
	set_toc	_start
	.endm
	.macro site_call label, key
	std	2, 24(1)
\label:	bl	__SCT__\key
	ld	2, 24(1)
	.endm
	.macro site_tail label, key
	site_call \label, \key
	.endm
	.macro load key, place
__SCT__\key:
	set_toc	__SCT__\key
	nop
	addis	12, 2, \place@toc@ha
	ld	12, \place@toc@l(12)
	.endm
	.macro null_test
	cmpdi	12, 0
	beqlr
	.endm
	.macro jump
	mtctr	12
	bctr
	.endm
	.macro near_tramp key, of
	load	\key, \of
	jump
	.endm
	.macro far_tramp key, of
	load	\key, __SCK__\of
	ld	12, 0(12)
	null_test
	jump
	.endm
