/* SPDX-License-Identifier: MIT */
/*
 * syscall.c: system calls and threads, by instructions of this architecture.
 *
 * A file of its own, so that a static program may replace them: see arch/arch.h.
 */
#include "internal.h"

/* What the assembler is to be told before. */
#define MODE

#define FUNCTION(name, body)					\
	__asm__(".text\n" MODE					\
		".balign 16\n"					\
		".globl " #name "\n"				\
		".hidden " #name "\n"				\
		".type " #name ", %function\n"			\
		#name ":\n"					\
		".cfi_startproc\n"				\
		body						\
		".cfi_endproc\n"				\
		".size " #name ", . - " #name "\n")

#include ARCH_SYSCALLS
