/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls that no test guards: of another pointer, on another way, or of another time. */
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-staticcall-report" } */
#include <assert.h>
#include <stddef.h>
#include <staticcall.h>

#define likely(x) __builtin_expect(!!(x), 1)

typedef int fn(int);
extern fn *fp __static_call;	/* { dg-message "'fp' is marked" } */
extern fn *gp __static_call;	/* { dg-message "'gp' is marked" } */
int any(void);
int square(int) __attribute__((const));
extern int n;

int plain(int x)
{
	return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
}

int other_pointer(int x)
{
	if (gp)
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	return 0;
}

int after_call(int x)
{
	if (fp) {
		any();
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	}
	return 0;
}

int null_side(int x)
{
	if (!fp)
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	return 0;
}

int one_of_two(int x)
{
	if (fp || x)
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	return 0;
}

int narrowed(int x)
{
	int null = 0x100;
	signed char low;

	if (fp)
		null = 0;
	low = (signed char)null;
	if (!low)
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	return 0;
}

int changed_in_test(int x)
{
	if ((fp != NULL) & any())
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	return 0;
}

int after_if(int x)
{
	if (fp)
		n = 3;
	return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
}

int after_guarded_call(int x)
{
	if (fp)
		fp(x);	/* { dg-message "does nothing" } */
	return fp(x + 1);	/* { dg-message "static call of .fp.(?!;)" } */
}

int after_loop_body(int x)
{
	do {
		x = fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	} while (fp);
	return x;
}

int either(int x)
{
	if ((fp != 0) | (x != 3))
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	return 0;
}

int not_both_null(int x)
{
	if ((fp == 0) & (x == 3))
		return 0;
	return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
}

int variable_is_old(int x)
{
	_Bool ok = fp != 0;
	any();
	if (ok)
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	return 0;
}

int variable_changed(int x)
{
	_Bool ok = fp != 0;
	if (x)
		ok = 1;
	if (ok)
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	return 0;
}

int other_than_function(int x)
{
	if (fp == square)
		return 0;
	return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
}

int after_store(int x)
{
	if (fp) {
		fp = gp;		/* { dg-message "store to .fp." } */
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	}
	return 0;
}

int not_a_number(int x)
{
	if (fp != (fn *)1)
		return fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	return 0;
}

int around_loop(int x)
{
again:
	if (fp)
		x++;
	x = fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
	if (x)
		goto again;
	return x;
}

int in_the_other_arm(int x)
{
	if (fp)
		__asm__ volatile("" : : : "memory");
	return fp ? 1 : fp(x);	/* { dg-message "static call of .fp.(?!;)" } */
}
/* { dg-message "rewritten, 0 calls left" "" { target *-*-* } 0 } */
