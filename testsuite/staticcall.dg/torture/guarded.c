/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call is guarded by a test of its pointer, in whatever form that is written. */
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

int if_set(int x)
{
	if (fp)
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int returns_early(int x)
{
	if (fp == 0)
		return 0;
	return fp(x) + 1;	/* { dg-message "does nothing" } */
}

int either_or(int x)
{
	return fp ? fp(x) : 0;	/* { dg-message "does nothing" } */
}

int both(int x)
{
	return fp && fp(x);	/* { dg-message "does nothing" } */
}

int unless(int x)
{
	if (!fp)
		return 0;
	return fp(x) + 1;	/* { dg-message "does nothing" } */
}

int twice_negated(int x)
{
	if (!!fp)
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int likely_set(int x)
{
	if (likely(fp))
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int unlikely_null(int x)
{
	if (__builtin_expect(fp == 0, 0))
		return 0;
	return fp(x);	/* { dg-message "does nothing" } */
}

int both_evaluated(int x)
{
	if ((fp != 0) & (x != 3))
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int either_evaluated(int x)
{
	if ((fp == 0) | (x == 3))
		return 0;
	return fp(x);	/* { dg-message "does nothing" } */
}

int likely_both(int x)
{
	if (likely(fp && x))
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int not_both(int x)
{
	if (!(fp && x))
		return 1;
	return fp(x);	/* { dg-message "does nothing" } */
}

int asserted(int x)
{
	assert(fp);
	return fp(x);	/* { dg-message "does nothing" } */
}

int as_long_as(int x)
{
	while (fp)
		x = fp(x);	/* { dg-message "does nothing" } */
	return x;
}

int is_function(int x)
{
	if (fp == square)
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int as_number(int x)
{
	if ((unsigned long)fp > 1)
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int in_variable(int x)
{
	_Bool ok = fp != 0;
	if (ok)
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int in_variable_with_other(int x)
{
	int ok = fp && n;
	if (ok)
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int queried(int x)
{
	if (static_call_query(fp))
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int copied(int x)
{
	fn *f = fp;
	if (f)
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int unreachable_else(int x)
{
	if (!fp)
		__builtin_unreachable();
	return fp(x);	/* { dg-message "does nothing" } */
}

int by_condition(int x)
{
	if (x > 3 ? fp != 0 : 0)
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int on_both_ways(int x)
{
	if (x & 1) {
		if (!fp)
			return 1;
	}
	else if (!fp) return 2;
	return fp(x);	/* { dg-message "does nothing" } */
}

int in_loop(int x)
{
	for (int i = 0; fp && i < x; i++)
		x = fp(x);	/* { dg-message "does nothing" } */
	return x;
}

int by_goto(int x)
{
	if (!fp)
		goto out;
	if (x)
		return fp(x);	/* { dg-message "does nothing" } */
out:
	return 0;
}

int after_const(int x)
{
	int r;
	if (fp) {
		r = square(x);
		return fp(r);	/* { dg-message "does nothing" } */
	}
	return 0;
}

int truth_values(int x)
{
	return !!fp & !!x ? fp(x) : 0;	/* { dg-message "does nothing" } */
}

int equals_one(int x)
{
	if (1 == !!fp)
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int not_equals_zero(int x)
{
	if (!fp == 0)
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int set_where_tested(int x)
{
	int ok = 0;
	if (fp)
		ok = 1;
	if (ok)
		return fp(x);	/* { dg-message "does nothing" } */
	return 0;
}

int none_missing(int x)
{
	int bad = !fp || !gp;
	if (bad)
		return 1;
	return fp(x);	/* { dg-message "does nothing" } */
}

int in_switch(int x)
{
	switch (x) {
	case 1:
		if (fp)
			return fp(x);	/* { dg-message "does nothing" } */
		break;
	case 2:
		return fp ? fp(2) : 4;	/* { dg-message "does nothing" } */
	}
	return 0;
}

int other_way_round(int x)
{
	if (NULL != fp)
		return (*fp)(x);	/* { dg-message "does nothing" } */
	return 0;
}
/* { dg-message "calls and 0 stores rewritten, 0 calls left" "" { target *-*-* } 0 } */
