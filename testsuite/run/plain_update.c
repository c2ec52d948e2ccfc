/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plain_update.c: a unit without the plugin updates a pointer that another one calls.
 * Built twice: with -DPLAIN it is the former.
 */
#include "stranger.h"

int plain_set(int (*func)(int));

#ifdef PLAIN
int plain_set(int (*func)(int))
{
	return static_call_update(stranger, func);
}
#else
static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

int (*stranger)(int) = one;

__attribute__((noipa)) static int call(int a) { return stranger(a) + 100; }

int main(void)
{
	CHECK_IS(call(1), 102);
	CHECK_IS(stats().patched, 1);
	CHECK_IS(plain_set(two), 0);
	CHECK_IS(call(1), 103);
	CHECK_IS(stats().patched, 1);
	return 0;
}
#endif
