/* SPDX-License-Identifier: MIT */
/*
 * x86.c: decoding and emulating the instructions of a site; see x86.h.
 */
#define _GNU_SOURCE
#include <cpuid.h>
#include <string.h>
#include <ucontext.h>

#include "../internal.h"

#ifdef __x86_64__
# define REG_IP		REG_RIP
# define REG_SP		REG_RSP
#else
# define REG_IP		REG_EIP
# define REG_SP		REG_ESP
#endif

/*
 * A page of its own: making it writable to try a writer out touches nothing
 * else of the library.
 */
__asm__(".pushsection .text.staticcall_probe,\"ax\",@progbits\n"
	".balign 4096\n"
	".globl arch_probe_word\n.hidden arch_probe_word\n"
	".globl arch_probe\n.hidden arch_probe\n"
	".type arch_probe, @function\n"
	"arch_probe_word:\n"
	"arch_probe:\n"
	"	movl	$0x00c0ffee, %eax\n"
	"	ret\n"
	"	nop\n"
	"	nop\n"
	".size arch_probe, . - arch_probe\n"
	".balign 4096\n"
	".popsection\n");

/*
 * Where a conditional jump goes when there is nothing to call.  No landing pad:
 * nothing comes here indirectly.
 */
__asm__(".pushsection .text.staticcall_return,\"ax\",@progbits\n"
	".globl arch_return_stub\n.hidden arch_return_stub\n"
	".type arch_return_stub, @function\n"
	"arch_return_stub:\n"
	"	ret\n"
	".size arch_return_stub, . - arch_return_stub\n"
	".popsection\n");

/*
 * arch_decode: ARCH_NONE unless the bytes are a call, or with @tail a jump, to
 * @tramp, behind the prefix that is ours, or a debugger's breakpoint over that.
 */
enum arch_kind arch_decode(uintptr_t addr, bool tail, uintptr_t tramp)
{
	const uint8_t *p = (const uint8_t *)addr;
	enum arch_kind kind = !tail ? ARCH_CALL : p[0] == 0xe9 ? ARCH_JMP : ARCH_JCC;

	if (p[-1] != ARCH_HEAD && p[-1] != ARCH_BREAK)
		return ARCH_NONE;
	return x86_is_jump(addr, kind) && x86_jump_target(addr, kind) == tramp ? kind : ARCH_NONE;
}

/* x86_holds: what arch_holds() says. */
bool x86_holds(uintptr_t addr, enum arch_kind kind, enum form form, uintptr_t target,
	       uintptr_t tramp)
{
	const uint8_t *p = (const uint8_t *)addr;
	uint64_t insn, bytes = 0;

	if (p[-1] != ARCH_HEAD && p[-1] != ARCH_BREAK)
		return false;
	if (x86_is_jump(addr, kind) && x86_jump_target(addr, kind) == tramp)
		return true;
	insn = arch_encode(addr, kind, &form, target, tramp);
	if (kind == ARCH_JCC)
		return x86_is_jump(addr, kind) &&
		       !memcmp((const void *)arch_tail_at(addr, kind), &insn, 4);
	memcpy(&bytes, p, 5);
	return bytes == insn;
}

/* arch_form: not while the site is being changed. */
enum form arch_form(uintptr_t addr, enum arch_kind kind, uintptr_t tramp)
{
	uint8_t opcode = *(const uint8_t *)addr;
	uintptr_t to;

	if (kind == ARCH_NONE)
		return FORM_TRAMP;
	if (kind == ARCH_CALL && opcode != 0xe8)
		return opcode == (uint8_t)X86_NOP5 ? FORM_NOP : FORM_RET0;
	if (kind == ARCH_JMP && opcode != 0xe9)
		return FORM_NOP;

	to = x86_jump_target(addr, kind);
	if (to == tramp)
		return FORM_TRAMP;
	if (to == (uintptr_t)arch_return_stub)
		return FORM_NOP;
	return to == (uintptr_t)__static_call_return0 ? FORM_RET0 : FORM_DIRECT;
}

/* After int3 the saved instruction pointer is behind it. */
uintptr_t arch_trap_site(const void *ucontext)
{
	const ucontext_t *uc = ucontext;

	return (uintptr_t)uc->uc_mcontext.gregs[REG_IP] - 1;
}

/*
 * condition: whether the conditional jump of this opcode byte is taken.
 * Intel SDM vol. 2, appendix B.1.4: bits 3..1 choose the test, bit 0 negates it.
 */
static bool condition(uint8_t opcode, uint64_t flags)
{
	bool cf = flags & 0x1, pf = flags & 0x4, zf = flags & 0x40;
	bool sf = flags & 0x80, of = flags & 0x800;
	bool taken = false;

	switch (opcode >> 1 & 7) {
	case 0: taken = of; break;
	case 1: taken = cf; break;
	case 2: taken = zf; break;
	case 3: taken = cf || zf; break;
	case 4: taken = sf; break;
	case 5: taken = pf; break;
	case 6: taken = sf != of; break;
	case 7: taken = zf || sf != of; break;
	}
	return taken != (opcode & 1);
}

/*
 * arch_trap_emulate: call or jump to @tramp in place of the instruction.
 *
 * The trampoline reads the pointer, so nothing here depends on how far the
 * update has come.  A call may overwrite the red zone below the stack pointer:
 * the instruction itself would have.
 */
void arch_trap_emulate(void *ucontext, uintptr_t addr, enum arch_kind kind, uintptr_t tramp)
{
	greg_t *gregs = ((ucontext_t *)ucontext)->uc_mcontext.gregs;
	uintptr_t next = addr + x86_length(kind);

	if (kind == ARCH_JCC &&
	    !condition(*(const uint8_t *)(addr + 1), (uint64_t)gregs[REG_EFL])) {
		gregs[REG_IP] = (greg_t)next;
		return;
	}
	if (kind == ARCH_CALL) {
		gregs[REG_SP] -= (greg_t)sizeof(next);
		*(uintptr_t *)gregs[REG_SP] = next;
	}
	gregs[REG_IP] = (greg_t)tramp;
}

/*
 * arch_may_trap: no with a user shadow stack, on which the handler cannot push
 * the return address of an emulated call.  Linux, Documentation/arch/x86/shstk.rst;
 * it offers none to processes of 32 bits.
 */
bool arch_may_trap(void)
{
#ifdef __x86_64__
	const int arch_shstk_status = 0x5005;
	const uint64_t arch_shstk_shstk = 1;
	uint64_t status = 0;

	if (!sys(SYS_arch_prctl, arch_shstk_status, &status))
		return !(status & arch_shstk_shstk);
#endif
	return true;
}

/* arch_word_documented: AMD; Intel's manuals promise nothing of the kind. */
bool arch_word_documented(void)
{
	unsigned int eax, ebx, ecx, edx;

	return __get_cpuid(0, &eax, &ebx, &ecx, &edx) &&
	       ebx == signature_AMD_ebx && ecx == signature_AMD_ecx && edx == signature_AMD_edx;
}
