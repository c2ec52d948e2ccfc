/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The second unit of extern-two-units.c; it holds the pointers. */
#include <staticcall.h>

static int three(int x)
{
	return x + 3;
}

int (*fp)(int) __static_call;
int (*hidden)(int) __static_call __attribute__((visibility("hidden")));
int (*untold)(int) __static_call = three;

int other(int x)
{
	return fp(x) * 100 + hidden(x) * 10 + untold(x);
}

void other_set(int (*f)(int))
{
	fp = f;
	hidden = f;
	untold = f;
}
