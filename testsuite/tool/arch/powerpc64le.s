# SPDX-License-Identifier: GPL-2.0-or-later
# The linker puts a stub between: the trampolines do not keep the TOC pointer.
	.abiversion 2
	.set	PTR, 8
	.set	SITE, 0
	.set	TAIL, 0

	.macro pointer value
	.quad	\value
	.endm
	.macro enter
	addis	2, 12, .TOC. - _start@ha
	addi	2, 2, .TOC. - _start@l
	.localentry _start, . - _start
	.endm
	.macro site_call label, key
	std	2, 24(1)
\label:	bl	__SCT__\key
	nop
	.endm
	.macro site_tail label, key
	site_call \label, \key
	.endm
	.macro here key
__SCT__\key:
	.localentry __SCT__\key, 1
	nop
	mflr	0
	bcl	20, 31, 1f
1:	mflr	12
	mtlr	0
	.endm
	.macro jump
	cmpdi	12, 0
	beqlr
	mtctr	12
	bctr
	.endm
	.macro near_tramp key, of
	here	\key
	addis	12, 12, \of - 1b@ha
	addi	12, 12, \of - 1b@l
	ld	12, 0(12)
	jump
	.endm
	.macro far_tramp key, of
	here	\key
	addis	12, 2, __SCK__\of@toc@ha
	ld	12, __SCK__\of@toc@l(12)
	ld	12, 0(12)
	jump
	.endm
