/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * depend_owner.c: its destructor runs after that of the library that needs it, and has that
 * one, which is still there, call the pointer.
 */
#include <unistd.h>

#include "depend.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

int (*depended)(int) = one;
int (*volatile depend_call)(int);

static __attribute__((destructor)) void destroy(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		depended = two;
		CHECK_IS(depend_call(1), 103);
		CHECK_IS(static_call_update(depended, one), 0);
		CHECK_IS(depend_call(1), 102);
	}
	if (write(STDOUT_FILENO, "done\n", 5) != 5)
		_exit(2);
}
