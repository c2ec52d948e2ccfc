/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The C unit of c-and-c++.C. */
#include <staticcall.h>

extern int (*shared)(int) __static_call;

static int three(int x)
{
	return x + 3;
}

int (*from_c)(int) __static_call = three;

int c_calls(int x)
{
	return shared(x) + from_c(x) + 100;
}

void c_sets(int (*f)(int))
{
	shared = f;
}
