/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The second unit of static-two-units.c. */
#include <staticcall.h>

static int thirty(int x)
{
	return x + 30;
}

static int forty(int x)
{
	return x + 40;
}

static int (*fp)(int) __static_call = thirty;

int other(int x)
{
	return fp(x);
}

void other_set(void)
{
	fp = forty;
}
