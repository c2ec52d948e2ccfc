/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A user's shared library with a call site of its own. */
#include <staticcall.h>

static int hundred(int n) { return n + 100; }

int (*library_op)(int) __static_call = hundred;

int library_calls(int n)
{
	return library_op(n) + 0 * n;
}
