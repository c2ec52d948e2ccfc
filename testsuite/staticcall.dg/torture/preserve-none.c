/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arguments in other registers than elsewhere, and in all that there are. */
/* { dg-do run } */
/* { dg-require-effective-target preserve_none } */
#include <stdio.h>
#include <staticcall.h>

typedef long fn_t(long, long, long, long, long, long, long, long, long, long, long, long, long,
		  long, long, long, long, long, long, long, long, long, long, long, long, long)
	__attribute__((preserve_none));

#define ARGS	1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, \
		23, 24, 25, 26
#define DECLARE	long a, long b, long c, long d, long e, long f, long g, long h, long i, long j, \
		long k, long l, long m, long n, long o, long p, long q, long r, long s, long t, \
		long u, long v, long w, long x, long y, long z

__attribute__((preserve_none, noinline)) static long plus(DECLARE)
{
	return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j
	       + 11 * k + 12 * l + 13 * m + 14 * n + 15 * o + 16 * p + 17 * q + 18 * r + 19 * s
	       + 20 * t + 21 * u + 22 * v + 23 * w + 24 * x + 25 * y + 26 * z;
}

__attribute__((preserve_none, noinline)) static long minus(DECLARE)
{
	return -plus(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z);
}

static fn_t *patched __attribute__((static_call)) = plus;
static fn_t *not_patched __attribute__((static_call)) = plus;	/* { dg-message "is declared here" } */
void *escape;

int main(void)
{
	escape = &not_patched;	/* { dg-warning "address of 'not_patched'" } */
	printf("%ld %ld\n", patched(ARGS), not_patched(ARGS));
	patched = minus;
	not_patched = minus;
	printf("%ld %ld\n", patched(ARGS), not_patched(ARGS));
	return 0;
}
/* { dg-output "^6201 6201\n-6201 -6201\n$" } */
