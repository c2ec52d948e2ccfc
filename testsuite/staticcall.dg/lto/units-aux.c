/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The second unit of units.h. */
#include "units.h"

static int thirty(int x)
{
	return x + 30;
}

static int (*own)(int) __static_call = thirty;
static int (**volatile known)(int);

int other_call(int x)
{
	static int (*local)(int) __static_call = thirty;
	int sum = own(x) + shared(x) + ops.write(x) + escaped(x);

	return sum + local(x);
}

void other_set(int (*f)(int))
{
	own = f;
	ops.write = f;
	known = &escaped;	/* { dg-warning "address of 'escaped'" } */
	*known = f;
}
