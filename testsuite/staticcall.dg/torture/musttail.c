/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must be a jump is one, also without optimization, with the trampoline and to the target. */
/* { dg-do run } */
/* { dg-require-effective-target musttail } */
#include <stdio.h>

/* Far more calls than the stack has room for. */
#define DEPTH 3000000

typedef long fn_t(long, long);

static fn_t *even __attribute__((static_call));
static struct {
	fn_t *odd;
} ops __attribute__((static_call));

static long is_odd(long n, long sum)
{
	if (n)
		__attribute__((musttail)) return even(n - 1, sum + 1);
	return sum;
}

static long other(long n, long sum)
{
	if (n)
		__attribute__((musttail)) return (*even)(n - 1, sum + 2);
	return -sum;
}

static long is_even(long n, long sum)
{
	/* In the midst of it. */
	if (n == DEPTH / 2)
		ops.odd = other;
	if (n)
		__attribute__((musttail)) return ops.odd(n - 1, sum + 1);
	return sum;
}

int main(void)
{
	even = is_even;
	ops.odd = is_odd;
	printf("%ld\n", even(DEPTH, 0));
	printf("%ld\n", even(DEPTH + 1, 0));
	return 0;
}
/* { dg-output "^3750000\n-4500001\n$" } */
