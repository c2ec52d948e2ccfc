/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls of i386 for which a trampoline will not do: eax holds an argument; or the
 * target takes arguments off the stack, which nothing does where there is none and
 * the call shall do nothing then.
 */
/* { dg-do compile { target i?86-*-* x86_64-*-* } } */
/* { dg-options "-O2 -m32 -msse2 -fplugin-arg-staticcall-report" } */

struct pair { int a[4]; };

#define SC	__attribute__((static_call))

/* { dg-message "'reg' is marked" "" { target *-*-* } .+1 } */
int (__attribute__((regparm(1))) *reg)(int) SC;
/* { dg-message "'none' is marked" "" { target *-*-* } .+1 } */
int (__attribute__((regparm(0))) *none)(int) SC;
/* { dg-message "'variable' is marked" "" { target *-*-* } .+1 } */
int (__attribute__((regparm(3))) *variable)(int, ...) SC;
/* { dg-message "'std' is marked" "" { target *-*-* } .+1 } */
int (__attribute__((stdcall)) *std)(int) SC;
/* { dg-message "'fast' is marked" "" { target *-*-* } .+1 } */
int (__attribute__((fastcall)) *fast)(int, int, int) SC;
/* { dg-message "'this' is marked" "" { target *-*-* } .+1 } */
int (__attribute__((thiscall)) *this)(int, int) SC;
/* { dg-message "'sse' is marked" "" { target *-*-* } .+1 } */
int (__attribute__((sseregparm)) *sse)(int) SC;
/* { dg-message "'big' is marked" "" { target *-*-* } .+1 } */
struct pair (*big)(int) SC;
/* { dg-message "'plain' is marked" "" { target *-*-* } .+1 } */
long long (*plain)(struct pair) SC;

int call(struct pair *p)
{
	int n = 0;

	n += reg(1);		/* { dg-message "call of 'reg' left as it is: the register that a trampoline uses holds" } */
	n += none(1);		/* { dg-message "static call of 'none'" } */
	n += variable(1, 2);	/* { dg-message "static call of 'variable'" } */
	n += std(1);		/* { dg-message "static call of 'std'" } */
	n += fast(1, 2, 3);	/* { dg-message "static call of 'fast'" } */
	n += this(1, 2);	/* { dg-message "static call of 'this'" } */
	n += sse(1);		/* { dg-message "static call of 'sse'" } */
	*p = big(1);		/* { dg-message "static call of 'big'" } */
	if (std)
		std(1);		/* { dg-message "call of 'std' left as it is: its target removes" } */
	if (fast)
		fast(1, 2, 3);	/* { dg-message "call of 'fast' left as it is: its target removes" } */
	if (this)
		this(1, 2);	/* { dg-message "call of 'this' left as it is: its target removes" } */
	if (big)
		*p = big(1);	/* { dg-message "call of 'big' left as it is: its target removes" } */
	n += plain(*p);		/* { dg-message "static call of 'plain'" } */
	return n;
}
/* { dg-message "9 variables marked, 8 calls and 0 stores rewritten, 5 calls left" "" { target *-*-* } 0 } */
/* { dg-final { scan-static-call-sites 8 } } */
