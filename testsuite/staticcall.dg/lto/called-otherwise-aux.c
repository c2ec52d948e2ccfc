/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <staticcall.h>
#include "called-otherwise.h"

void call_gp(int x, int leave)
{
	if (leave)
		((quit *)fp)(2);
	gp(x * 4);
	gp(x * 6);
}

int call_ap(int a, int b)
{
	return ((abi *)ap)(a, b);
}

int call_bp(int a, int b)
{
	return bp(a, b);
}
