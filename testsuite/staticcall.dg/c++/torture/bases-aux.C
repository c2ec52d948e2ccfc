/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Here the bases' members alone are called. */
#include "bases.h"
#include <staticcall.h>

extern hiding h __static_call;
extern both b __static_call;
extern deep d __static_call;

int call_bases(int x)
{
	return h.base::f(x) + 10 * b.side<short>::g(x) + 100 * d.base::f(x);
}
