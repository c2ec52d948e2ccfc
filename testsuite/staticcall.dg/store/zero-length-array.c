/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An array without elements has the place of what comes behind it. */
/* { dg-do run } */
/* { dg-options "-O1 -fno-strict-aliasing -w" } */
#include <stdlib.h>

typedef int fn(int);

static int one(int x) { return x + 1; }
static int two(int x) { return x + 2; }

struct {
	long n;
	void *any[0];
	unsigned long numbers[0];
	fn *f;
} s __attribute__((static_call)) = { 1, {}, {}, one };

int main(void)
{
	volatile int none = 0;

	if (s.f(1) != 2)
		abort();
	s.any[0] = (void *)two;
	if (s.f(1) != 3)
		abort();
	s.numbers[none] = (unsigned long)one;
	if (s.f(1) != 2)
		abort();
	return 0;
}
