/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Literals, short branches and sites in one long function: what a site's alignment
 * takes is known to who places literals and chooses branches.
 */
/* { dg-do run } */
#include <staticcall.h>

static int count;

static void one(void)
{
	count++;
}

static void three(void)
{
	count += 3;
}

void (*fp)(void) __static_call = one;

#define FIVE(x) x x x x x
#define HUNDRED(x) FIVE(FIVE(x x x x))

/* On arm mul and eor have 16 bits, so every other site is preceded by a nop. */
__attribute__((noinline)) static unsigned int long_one(double *d, unsigned int a, unsigned int b)
{
	unsigned int n = a;

	*d *= 1.1;
	HUNDRED(fp(); n *= a; fp(); n ^= b;)
	if (a) {
		FIVE(n *= a; fp(); n ^= b; fp();)
	}
	*d += 2.3;
	HUNDRED(fp(); n *= a; fp(); n ^= b;)
	if (n != 77) {
		FIVE(FIVE(n *= a; fp(); n ^= b; fp();))
	}
	*d *= 3.7;
	return n;
}

int main(void)
{
	double d = 1;

	if (long_one(&d, 3, 7) != 3578282193 || count != 460)
		__builtin_abort();
	fp = three;
	if (long_one(&d, 5, 9) != 1519748513 || count != 460 + 3 * 460 || d < 59.7 || d > 59.8)
		__builtin_abort();
	return 0;
}
