/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * copied.c: a plain program that sets a library's public pointer, and has perhaps a copy
 * of it, that the linker has made.
 */
#include "stranger.h"

static int two(int a) { return a + 2; }

int main(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		set_stranger();
		CHECK_IS(call_stranger(1), 104);
		stranger = two;
		CHECK_IS(call_stranger(1), 103);
	}
	return 0;
}
