/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stores by "#pragma omp atomic" are seen, and every other use of it. */
/* { dg-do run } */
/* { dg-require-effective-target fopenmp } */
/* { dg-additional-options "-fopenmp -Wall -Wextra -Werror" } */
#include <stdlib.h>

typedef int fn_t(int);

static int one(int x)
{
	return x + 1;
}

static int ten(int x)
{
	return x + 10;
}

static fn_t *fp __attribute__((static_call)) = one;
static fn_t *other __attribute__((static_call)) = one;

int main(void)
{
	fn_t *seen;
	int i;

	for (i = 0; i < 3; i++) {
		if (fp(1) != 2 || other(1) != 2)
			abort();
#pragma omp atomic write
		fp = &ten;
		if (fp(1) != 11)
			abort();
#pragma omp atomic read
		seen = fp;
		if (seen != ten || fp(1) != 11)
			abort();
#pragma omp atomic capture
		{ seen = other; other = &ten; }
		if (seen != one || other(1) != 11)
			abort();
		fp = other = one;
	}
	return 0;
}
