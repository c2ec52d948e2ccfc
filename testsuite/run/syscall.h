/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * syscall.h: stand in front of the runtime's system calls.
 *
 * For a program that is linked statically with --wrap=__static_call_syscall.  It
 * defines SYSCALL(number, args), which returns real_syscall(number, args), or an error
 * as -errno.
 */
#ifndef SYSCALL_H
#define SYSCALL_H

long __real___static_call_syscall(long number, long a, long b, long c, long d, long e, long f);

static long real_syscall(long number, const long args[6])
{
	return __real___static_call_syscall(number, args[0], args[1], args[2], args[3], args[4],
					    args[5]);
}

#define SYSCALL(number, args)								\
	static long syscall_here(long number, const long args[6]);			\
	long __wrap___static_call_syscall(long n, long a, long b, long c, long d,	\
					  long e, long f);				\
	long __wrap___static_call_syscall(long n, long a, long b, long c, long d,	\
					  long e, long f)				\
	{										\
		return syscall_here(n, (const long []){ a, b, c, d, e, f });		\
	}										\
	static long syscall_here(long number, const long args[6])

#endif
