/* SPDX-License-Identifier: MIT */
/*
 * arm-syscall.h: arch_syscall() and arch_clone(); see arch.h, and syscall(2) for the registers.
 */

#undef MODE
#define MODE	".syntax unified\n.arm\n"

#define SAVE	"	push	{r4, r5, r6, r7}\n"			\
		".save {r4, r5, r6, r7}\n"			\
		".cfi_adjust_cfa_offset 16\n"			\
		".cfi_rel_offset r4, 0\n"			\
		".cfi_rel_offset r5, 4\n"			\
		".cfi_rel_offset r6, 8\n"			\
		".cfi_rel_offset r7, 12\n"
#define RESTORE	"	pop	{r4, r5, r6, r7}\n"			\
		".cfi_adjust_cfa_offset -16\n"			\
		".cfi_restore r4\n"				\
		".cfi_restore r5\n"				\
		".cfi_restore r6\n"				\
		".cfi_restore r7\n"

/* In assembly, as r7, with the number, may be the frame pointer. */
FUNCTION(__static_call_syscall,
	".fnstart\n"
	SAVE
	"	add	r12, sp, #16\n"
	"	mov	r7, r0\n"
	"	mov	r0, r1\n"
	"	mov	r1, r2\n"
	"	mov	r2, r3\n"
	"	ldm	r12, {r3, r4, r5}\n"
	"	svc	#0\n"
	RESTORE
	"	bx	lr\n"
	".fnend\n");

FUNCTION(__static_call_clone,
	".fnstart\n"
	SAVE
	"	ldr	r6, [sp, #16]\n"
	"	mov	r5, r3\n"
	"	mov	r4, r2\n"
	"	mov	r3, #0\n"
	"	bic	r1, r1, #7\n"
	"	mov	r7, #120\n"
	"	svc	#0\n"
	"	cmp	r0, #0\n"
	"	bne	1f\n"
	"	mov	r0, r6\n"
	"	blx	r5\n"
	"	mov	r0, #0\n"
	"	mov	r7, #1\n"
	"	svc	#0\n"
	"1:\n"
	RESTORE
	"	bx	lr\n"
	".fnend\n");
