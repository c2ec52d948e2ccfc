/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Options that have functions called otherwise than the library's are: stores keep the values
 * that are in registers meanwhile, and calls have their arguments.
 */
/* { dg-do run } */
/* { dg-additional-options "-mabi=ms" { target x86_64-*-* } } */
/* { dg-additional-options "-mregparm=3" { target i?86-*-* } } */
#include "staticcall.h"

typedef double fn_t(int, double, long, float, char, int, const double *);

static double sum(int a, double b, long c, float d, char e, int f, const double *g)
{
	return a + b + c + d + e + f + *g;
}

static double first(int a, double b, long c, float d, char e, int f, const double *g)
{
	(void)b, (void)c, (void)d, (void)e, (void)f, (void)g;
	return a;
}

static int nothing(void)
{
	return 1;
}

static int last(int n, ...)
{
	__builtin_va_list ap;
	int i, value = 0;

	__builtin_va_start(ap, n);
	for (i = 0; i < n; i++)
		value = __builtin_va_arg(ap, int);
	__builtin_va_end(ap);
	return value;
}

struct pair {
	fn_t *one, *two;
};

fn_t *fp __static_call = sum;
struct pair pair __static_call = { sum, first };
int (*variable)(int, ...) __static_call;
DEFINE_STATIC_CALL_NULL(none, nothing);
DEFINE_STATIC_CALL_RET0(zero, nothing);

volatile int two = 2;
volatile double half = 0.5;

__attribute__((noipa)) static int all(int a, double x)
{
	int b = two + a, c = two * a, d = two - a;
	double y = x + half, z = x * half;

	if (fp(a, x, b, y, c, d, &z) != a + x + b + y + c + d + z)
		return 1;
	fp = first;
	pair = (struct pair){ first, sum };
	if (fp(b, y, c, z, d, a, &x) != b || pair.one(c, y, c, z, d, a, &x) != c)
		return 2;
	pair.two = first;
	pair.one = sum;
	if (pair.one(a, x, b, y, c, d, &z) != a + x + b + y + c + d + z
	    || pair.two(d, y, b, z, a, c, &x) != d)
		return 3;
	variable = last;
	if (variable(3, a, b, c) != c || variable(1, d) != d)
		return 4;
	static_call_cond(none)();
	if (static_call(zero)())
		return 5;
	static_call_update(zero, nothing);
	if (zero() != 1)
		return 6;
	return a + b + c + d + x + y + z == a + two + a + two * a + two - a + x + x + half + x * half
	       ? 0 : 7;
}

int main(void)
{
	return all(3, 1.5);
}
