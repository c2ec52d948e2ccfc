/* SPDX-License-Identifier: MIT */
/*
 * arm64-syscall.h: arch_syscall() and arch_clone(); see arch.h, and syscall(2) for the registers.
 */

long arch_syscall(long number, long a, long b, long c, long d, long e, long f)
{
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;

	__asm__ volatile("svc 0"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
			 : "cc", "memory");
	return x0;
}

FUNCTION(__static_call_clone,
	"	and	x1, x1, #-16\n"
	"	mov	x5, x3\n"
	"	mov	x6, x4\n"
	"	mov	x4, x2\n"
	"	mov	x3, xzr\n"
	"	mov	x8, #220\n"
	"	svc	#0\n"
	"	cbnz	x0, 1f\n"
	"	mov	x0, x6\n"
	"	blr	x5\n"
	"	mov	x0, xzr\n"
	"	mov	x8, #93\n"
	"	svc	#0\n"
	"1:\n"
	"	ret\n");
