/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls inside of parallel regions, which GCC outlines. */
/* { dg-do run } */
/* { dg-require-effective-target fopenmp } */
/* { dg-additional-options "-fopenmp" } */
#include <staticcall.h>

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

int (*fp)(int) __static_call = one;

__attribute__((noinline)) static int sum(void)
{
	int total = 0;

#pragma omp parallel for reduction(+:total) num_threads(2)
	for (int i = 0; i < 100; i++)
		total += fp(0);
	return total;
}

int main(void)
{
	if (sum() != 100)
		__builtin_abort();
#pragma omp parallel num_threads(2)
#pragma omp single
	fp = two;
	if (sum() != 200)
		__builtin_abort();
	return 0;
}
