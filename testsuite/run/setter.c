/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * setter.c: a program that only sets a library's pointer, which it knows to be marked, and has
 * perhaps a copy of it, that the linker has made.
 */
#include "stranger.h"

static int two(int a) { return a + 2; }

int main(void)
{
#ifdef UPDATE
	CHECK_IS(static_call_update(stranger, two), 0);
#else
	stranger = two;
#endif
	CHECK_IS(call_stranger(1), 103);
	set_stranger();
	CHECK_IS(call_stranger(1), 104);
	CHECK_IS(stats().patched, strcmp(stats().poke, "none") ? stats().sites : 0);
	CHECK(stats().sites);
	return 0;
}
