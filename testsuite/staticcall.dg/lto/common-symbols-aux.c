/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The second unit of common-symbols.c, and by another name of its function the third. */
#include <staticcall.h>

#ifndef NAME
#define NAME	second
#define VALUE	30
#endif

int common;

static int target(int x)
{
	return x + VALUE;
}

static int (*own)(int) __static_call = target;

__attribute__((weak)) int NAME(int x)
{
	return own(x);
}
