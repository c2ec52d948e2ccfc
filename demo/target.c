/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * target.c: the trivial function that is called.
 *
 * It stands in a unit of its own, so that no compiler inlines it.  The shared
 * library is this very file with -DTARGET_IN_LIBRARY.
 */
#include "target.h"

#ifdef TARGET_IN_LIBRARY
# define target plt_target
#endif

__attribute__((aligned(64)))
int target(int x)
{
	return x + 1;
}

#ifndef TARGET_IN_LIBRARY
static int (*choose(void))(int)
{
	return target;
}

int ifunc_target(int x) __attribute__((ifunc("choose")));
#endif
