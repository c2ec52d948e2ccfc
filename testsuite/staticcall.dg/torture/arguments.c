/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arguments and results of all classes arrive, in registers and on the stack. */
/* { dg-do run } */
#include <staticcall.h>

struct small { long a, b; };
struct big { long a[9]; };

static struct big many(int a, double b, long double c, struct small d, struct big e, float f,
		       long g, long h, long i, long j, char k)
{
	struct big r = e;

	r.a[0] += a + b + c + d.a + d.b + f + g + h + i + j + k;
	return r;
}

static struct big other(int a, double b, long double c, struct small d, struct big e, float f,
			long g, long h, long i, long j, char k)
{
	struct big r = many(a, b, c, d, e, f, g, h, i, j, k);

	r.a[8] = -r.a[8];
	return r;
}

static long double floating(long double x)
{
	return x / 2;
}

static struct small pair(long a, long b)
{
	return (struct small){ b, a };
}

static _Complex double complex(_Complex double z)
{
	return z * z;
}

DEFINE_STATIC_CALL(many_p, many);
DEFINE_STATIC_CALL(floating_p, floating);
static DEFINE_STATIC_CALL(pair_p, pair);
static DEFINE_STATIC_CALL(complex_p, complex);

__attribute__((noinline)) static void check(long last)
{
	struct small s = { 4, 5 };
	struct big b = { { 6, 0, 0, 0, 0, 0, 0, 0, 60 } };
	struct big r = many_p(1, 2, 3, s, b, 7, 8, 9, 10, 11, 12);

	if (r.a[0] != 6 + 1 + 2 + 3 + 4 + 5 + 7 + 8 + 9 + 10 + 11 + 12 || r.a[8] != last)
		__builtin_abort();
}

int main(void)
{
	struct small s;
	_Complex double z = 2.0i;

	check(60);
	many_p = other;
	check(-60);
	if (floating_p(7) != 3.5L)
		__builtin_abort();
	s = pair_p(1, 2);
	if (s.a != 2 || s.b != 1)
		__builtin_abort();
	if (__real__ complex_p(z) != -4)
		__builtin_abort();
	return 0;
}
