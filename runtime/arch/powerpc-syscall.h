/* SPDX-License-Identifier: MIT */
/*
 * powerpc-syscall.h: arch_syscall() and arch_clone(); see arch.h, and syscall(2) for the registers.
 */

long arch_syscall(long number, long a, long b, long c, long d, long e, long f)
{
	register long r0 __asm__("r0") = number;
	register long r3 __asm__("r3") = a;
	register long r4 __asm__("r4") = b;
	register long r5 __asm__("r5") = c;
	register long r6 __asm__("r6") = d;
	register long r7 __asm__("r7") = e;
	register long r8 __asm__("r8") = f;

	/* An error is told by the bit SO of cr0, and its number is not negative. */
	__asm__ volatile("sc\n\t"
			 "bns+ 1f\n\t"
			 "neg 3, 3\n"
			 "1:"
			 : "+r"(r0), "+r"(r3), "+r"(r4), "+r"(r5), "+r"(r6), "+r"(r7), "+r"(r8)
			 :
			 : "r9", "r10", "r11", "r12", "cr0", "ctr", "memory");
	return r3;
}

#ifdef __powerpc64__
FUNCTION(__static_call_clone,
	"	clrrdi	4, 4, 4\n"
	"	addi	4, 4, -64\n"
	"	li	0, 0\n"
	"	std	0, 0(4)\n"
	"	std	6, 48(4)\n"
	"	std	7, 56(4)\n"
	"	mr	7, 5\n"
	"	li	0, 120\n"
	"	sc\n"
	"	bns+	1f\n"
	"	neg	3, 3\n"
	"	blr\n"
	"1:\n"
	"	cmpdi	3, 0\n"
	"	bnelr\n"
	"	ld	12, 48(1)\n"
	"	ld	3, 56(1)\n"
	"	mtctr	12\n"
	"	bctrl\n"
	"	li	3, 0\n"
	"	li	0, 1\n"
	"	sc\n");
#else
FUNCTION(__static_call_clone,
	"	clrrwi	4, 4, 4\n"
	"	addi	4, 4, -32\n"
	"	li	0, 0\n"
	"	stw	0, 0(4)\n"
	"	stw	6, 24(4)\n"
	"	stw	7, 28(4)\n"
	"	mr	7, 5\n"
	"	li	0, 120\n"
	"	sc\n"
	"	bns+	1f\n"
	"	neg	3, 3\n"
	"	blr\n"
	"1:\n"
	"	cmpwi	3, 0\n"
	"	bnelr\n"
	"	lwz	12, 24(1)\n"
	"	lwz	3, 28(1)\n"
	"	mtctr	12\n"
	"	bctrl\n"
	"	li	3, 0\n"
	"	li	0, 1\n"
	"	sc\n");
#endif
