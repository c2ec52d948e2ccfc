# SPDX-License-Identifier: GPL-2.0-or-later
# T32: bit 0 of an address of code, also in a record, says so.
	.syntax	unified
	.arch	armv7-a
	.thumb
	.set	PTR, 4
	.set	SITE, 1
	.set	TAIL, 1

	.macro pointer value
	.long	\value
	.endm
	.macro enter
	nop
	.endm
	.macro site_call label, key
	.balign	4
\label:	bl	__SCT__\key
	.endm
	.macro site_tail label, key
	.balign	4
\label:	b.w	__SCT__\key
	.endm
	.macro load key, place
	.thumb_func
__SCT__\key:
	b.w	2f
2:	movw	ip, #:lower16:(\place - (3f + 4))
	movt	ip, #:upper16:(\place - (3f + 4))
3:	add	ip, pc
	ldr	ip, [ip]
	.endm
	.macro null_test
	cmp	ip, #0
	it	eq
	bxeq	lr
	.endm
	.macro jump
	bx	ip
	.endm
	.macro near_tramp key, of
	load	\key, \of
	jump
	.endm
	.macro far_tramp key, of
	load	\key, __SCK__\of
	ldr	ip, [ip]
	null_test
	jump
	.endm
