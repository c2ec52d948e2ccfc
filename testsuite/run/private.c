/* SPDX-License-Identifier: GPL-2.0-or-later */
/* private.c: a library with a pointer of its own. */
#include "staticcall.h"

static int seven(void) { return 7; }
static int eight(void) { return 8; }

static int (*private)(void) __static_call = seven;

int call_private(void);
int set_private(int to_eight);

int call_private(void)
{
	return private() + 100;
}

int set_private(int to_eight)
{
	return static_call_update(private, to_eight ? eight : seven);
}
