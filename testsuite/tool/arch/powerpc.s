# SPDX-License-Identifier: GPL-2.0-or-later
	.set	PTR, 4
	.set	SITE, 0
	.set	TAIL, 1

	.macro pointer value
	.long	\value
	.endm
	.macro enter
	.endm
	.macro site_call label, key
\label:	bl	__SCT__\key
	.endm
	.macro site_tail label, key
\label:	b	__SCT__\key
	.endm
	.macro here
	nop
	mflr	0
	bcl	20, 31, 1f
1:	mflr	12
	mtlr	0
	.endm
	.macro null_test
	cmpwi	12, 0
	beqlr
	.endm
	.macro jump
	mtctr	12
	bctr
	.endm
	.macro near_tramp key, of
__SCT__\key:
	here
	addis	12, 12, \of - 1b@ha
	lwz	12, \of - 1b@l(12)
	jump
	.endm
	.macro far_tramp key, of
__SCT__\key:
	here
	addis	12, 12, __SCK__\of - 1b@ha
	lwz	12, __SCK__\of - 1b@l(12)
	lwz	12, 0(12)
	null_test
	jump
	.endm
