# SPDX-License-Identifier: GPL-2.0-or-later
	.syntax	unified
	.arch	armv7-a
	.arm
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
	.macro load place
	nop
	ldr	ip, 3f
2:	ldr	ip, [pc, ip]
	.endm
	.macro null_test
	cmp	ip, #0
	bxeq	lr
	.endm
	.macro jump place
	bx	ip
3:	.word	\place - (2b + 8)
	.endm
	.macro near_tramp key, of
__SCT__\key:
	load
	jump	\of
	.endm
	.macro far_tramp key, of
__SCT__\key:
	load
	ldr	ip, [ip]
	null_test
	jump	__SCK__\of
	.endm
