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
	.p2align 3
	.byte	0x65
\label:	call	__SCT__\key
	.endm
	.macro site_tail label, key
	.p2align 3
	.byte	0x65
\label:	jmp	__SCT__\key
	.endm
	.macro here
	call	2f
1:
	.endm
	.macro null_test
	test	%eax, %eax
	je	1f
	.endm
	.macro jump
	jmp	*%eax
1:	ret
2:	mov	(%esp), %eax
	ret
	.endm
	.macro near_tramp key, of
__SCT__\key:
	here
	mov	\of - 1b(%eax), %eax
	jump
	.endm
	.macro far_tramp key, of
__SCT__\key:
	here
	mov	__SCK__\of - 1b(%eax), %eax
	mov	(%eax), %eax
	null_test
	jump
	.endm
