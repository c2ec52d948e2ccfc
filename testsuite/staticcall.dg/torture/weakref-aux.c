/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <staticcall.h>

static int (*reference)(int) __attribute__((weakref("op")));
static int (*marked)(int) __attribute__((weakref("op"))) __static_call;

void set(int (*f)(int))
{
	if (&reference)
		reference = f;
}

void set_marked(int (*f)(int))
{
	if (&marked)
		marked = f;
}
