/* SPDX-License-Identifier: MIT */
/*
 * s390-syscall.h: arch_syscall() and arch_clone(); see arch.h, and syscall(2) for the registers.
 */

static long call(long number, long a, long b, long c, long d, long e, long f)
{
	register long r1 __asm__("r1") = number;
	register long r2 __asm__("r2") = a;
	register long r3 __asm__("r3") = b;
	register long r4 __asm__("r4") = c;
	register long r5 __asm__("r5") = d;
	register long r6 __asm__("r6") = e;
	register long r7 __asm__("r7") = f;

	__asm__ volatile("svc 0"
			 : "+r"(r2)
			 : "r"(r1), "r"(r3), "r"(r4), "r"(r5), "r"(r6), "r"(r7)
			 : "cc", "memory");
	return r2;
}

long arch_syscall(long number, long a, long b, long c, long d, long e, long f)
{
	const long args[] = { a, b, c, d, e, f };

	/* The one that finds its arguments in memory, as there was no room for six: mmap(2). */
	if (number == SYS_mmap)
		return call(number, (long)args, 0, 0, 0, 0, 0);
	return call(number, a, b, c, d, e, f);
}

FUNCTION(__static_call_clone,
	"	nill	%r3, 0xfff8\n"
	"	aghi	%r3, -176\n"
	"	stg	%r5, 160(%r3)\n"
	"	stg	%r6, 168(%r3)\n"
	"	lgr	%r0, %r2\n"
	"	lgr	%r2, %r3\n"
	"	lgr	%r3, %r0\n"
	"	lgr	%r5, %r4\n"
	"	lghi	%r1, 120\n"
	"	svc	0\n"
	"	ltgr	%r2, %r2\n"
	"	jne	1f\n"
	"	lg	%r1, 160(%r15)\n"
	"	lg	%r2, 168(%r15)\n"
	"	basr	%r14, %r1\n"
	"	lghi	%r2, 0\n"
	"	lghi	%r1, 1\n"
	"	svc	0\n"
	"1:\n"
	"	br	%r14\n");
