/* SPDX-License-Identifier: MIT */
/*
 * riscv-syscall.h: arch_syscall() and arch_clone(); see arch.h, and syscall(2) for the registers.
 */

long arch_syscall(long number, long a, long b, long c, long d, long e, long f)
{
	register long a7 __asm__("a7") = number;
	register long a0 __asm__("a0") = a;
	register long a1 __asm__("a1") = b;
	register long a2 __asm__("a2") = c;
	register long a3 __asm__("a3") = d;
	register long a4 __asm__("a4") = e;
	register long a5 __asm__("a5") = f;

	__asm__ volatile("ecall"
			 : "+r"(a0)
			 : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5)
			 : "memory");
	return a0;
}

FUNCTION(__static_call_clone,
	"	mv	a5, a3\n"
	"	mv	a6, a4\n"
	"	mv	a4, a2\n"
	"	li	a3, 0\n"
	"	andi	a1, a1, -16\n"
	"	li	a7, 220\n"
	"	ecall\n"
	"	bnez	a0, 1f\n"
	"	mv	a0, a6\n"
	"	jalr	a5\n"
	"	li	a0, 0\n"
	"	li	a7, 93\n"
	"	ecall\n"
	"1:\n"
	"	ret\n");
