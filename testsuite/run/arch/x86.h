/* SPDX-License-Identifier: GPL-2.0-or-later */
/* x86.h: instructions of sites on x86-64 and i386. */
#define TAIL_CALLS	1
#ifdef __x86_64__
# define FAR		(UINT64_C(1) << 40)
#endif
#define WORD_SYNCS	1

static inline enum insn insn_at(const void *addr, const void **to)
{
	const unsigned char *p = addr;

	/* nopl, or what each processor of 32 bits has, a nop with prefixes. */
	if (!memcmp(p, "\x0f\x1f\x44\x00\x00", 5) || !memcmp(p, "\x66\x66\x66\x66\x90", 5))
		return INSN_NOP;
	if (*p == 0xc3)
		return INSN_RETURN;
	if (!memcmp(p, "\xb8\x00\x00\x00\x00", 5))
		return INSN_ZERO;
	if (*p == 0xe8 || *p == 0xe9) {
		*to = insn_plus(p + 5, (int32_t)insn_word(p + 1));
		return *p == 0xe8 ? INSN_CALL : INSN_JUMP;
	}
	if (*p == 0x0f && (p[1] & 0xf0) == 0x80) {
		*to = insn_plus(p + 6, (int32_t)insn_word(p + 2));
		return INSN_JUMP_IF;
	}
	return INSN_OTHER;
}

static inline const void *code_of(const void *function)
{
	return function;
}

static inline int entered_at(const void *to, const void *function)
{
	return to == function;
}

#define SITE_ALIGN	".balign 8\n"
/* Byte 0 of each site; its label is behind that. */
#ifdef __x86_64__
# define SITE_BYTE_0	0x67
# define SITE_HEAD	".byte 0x67\n"
#else
# define SITE_BYTE_0	0x65
# define SITE_HEAD	".byte 0x65\n"
#endif
#define SITE_INSN_CALL(label, tramp)	SITE_HEAD label ": call " tramp "\n	ret\n"
#define SITE_INSN_JUMP(label, tramp)	SITE_HEAD label ": jmp " tramp "\n"
#define SITE_NOPS	".nops 8\n"
/* Through memory, with a distance: six bytes. */
#define SITE_INDIRECT	".byte 0xff, 0x15\n	.long 0\n"
#define SITE_TRAP	"int3\n"
#define SITE_STATE	""
#define SITE_FUNCTION(name)	".globl " name "\n" name ":\n"
#ifdef __x86_64__
# define SITE_POINTER	".quad"
# define SITE_TEST	"test %edi, %edi"
/* Around a call, of four bytes each: the stack is aligned, the argument where it must be. */
# define TRAP_ENTER	"sub $8, %rsp"
# define TRAP_LEAVE	"add $8, %rsp"
# define TRAP_PUSH	"push %rdi"
# define TRAP_PUSH_SIZE	1
#else
# define SITE_POINTER	".long"
# define SITE_TEST	"cmpl $0, 4(%esp)"
/* A trampoline loads the pointer into the register of values. */
# define NOTHING_BY_TRAMPOLINE	0
# define TRAP_ENTER	"push 4(%esp)"
# define TRAP_LEAVE	"lea 4(%esp), %esp"
# define TRAP_PUSH	"push 4(%esp)"
# define TRAP_PUSH_SIZE	4
#endif
#define TORTURE_SITES	"torture_x86.h"
