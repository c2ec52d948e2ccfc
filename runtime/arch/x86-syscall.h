/* SPDX-License-Identifier: MIT */
/*
 * x86-syscall.h: arch_syscall() and arch_clone(); see arch.h, and syscall(2) for the registers.
 */

#ifdef __x86_64__

long arch_syscall(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

FUNCTION(__static_call_clone,
	"	and	$-16, %rsi\n"
	"	sub	$16, %rsi\n"
	"	mov	%rcx, (%rsi)\n"
	"	mov	%r8, 8(%rsi)\n"
	"	mov	%rdx, %r10\n"
	"	mov	$56, %eax\n"
	"	syscall\n"
	"	test	%eax, %eax\n"
	"	jnz	1f\n"
	".cfi_undefined %rip\n"
	"	xor	%ebp, %ebp\n"
	"	pop	%rax\n"
	"	pop	%rdi\n"
	"	call	*%rax\n"
	"	xor	%edi, %edi\n"
	"	mov	$60, %eax\n"
	"	syscall\n"
	"1:\n"
	".cfi_restore %rip\n"
	"	ret\n");

#else

#define PUSH(reg)	"	push	%" #reg "\n"				\
			".cfi_adjust_cfa_offset 4\n"			\
			".cfi_rel_offset %" #reg ", 0\n"
#define POP(reg)	"	pop	%" #reg "\n"				\
			".cfi_adjust_cfa_offset -4\n"			\
			".cfi_restore %" #reg "\n"

/*
 * In assembly, as the sixth argument is in the frame pointer's register.
 *
 * @entry: what to call for it.  An interrupt is taken by every processor, and costs ten
 * microseconds where a hypervisor has it emulated: so it is the kernel's own entry, in its
 * vdso, if there is one.
 */
long __static_call_enter(void (*entry)(void), long number, long a, long b, long c, long d, long e,
			 long f) __attribute__((visibility("hidden")));
void __static_call_interrupt(void) __attribute__((visibility("hidden")));

FUNCTION(__static_call_interrupt,
	"	int	$0x80\n"
	"	ret\n");

FUNCTION(__static_call_enter,
	PUSH(ebp)
	PUSH(ebx)
	PUSH(esi)
	PUSH(edi)
	"	mov	24(%esp), %eax\n"
	"	mov	28(%esp), %ebx\n"
	"	mov	32(%esp), %ecx\n"
	"	mov	36(%esp), %edx\n"
	"	mov	40(%esp), %esi\n"
	"	mov	44(%esp), %edi\n"
	"	mov	48(%esp), %ebp\n"
	"	call	*20(%esp)\n"
	POP(edi)
	POP(esi)
	POP(ebx)
	POP(ebp)
	"	ret\n");

long arch_syscall(long number, long a, long b, long c, long d, long e, long f)
{
	/* Also before anything has started, in a static program; that knows no answer yet. */
	void (*entry)(void) = (void (*)(void))auxiliary(AT_SYSINFO);

	return __static_call_enter(entry ? entry : __static_call_interrupt, number, a, b, c, d, e,
				   f);
}

FUNCTION(__static_call_clone,
	PUSH(ebx)
	PUSH(esi)
	PUSH(edi)
	"	mov	16(%esp), %ebx\n"
	"	mov	20(%esp), %ecx\n"
	"	and	$-16, %ecx\n"
	"	sub	$16, %ecx\n"
	"	mov	32(%esp), %eax\n"
	"	mov	%eax, (%ecx)\n"
	"	mov	28(%esp), %eax\n"
	"	mov	%eax, 4(%ecx)\n"
	"	mov	24(%esp), %edi\n"
	"	xor	%esi, %esi\n"
	"	mov	$120, %eax\n"
	"	int	$0x80\n"
	"	test	%eax, %eax\n"
	"	jnz	1f\n"
	"	xor	%ebp, %ebp\n"
	"	call	*4(%esp)\n"
	"	xor	%ebx, %ebx\n"
	"	mov	$1, %eax\n"
	"	int	$0x80\n"
	"1:\n"
	POP(edi)
	POP(esi)
	POP(ebx)
	"	ret\n");

#endif
