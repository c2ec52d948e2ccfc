/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a unit uses of staticcall.h that is strict C of 1990, and C++ of 1998. */
#include <staticcall.h>
#include <staticcall/abi.h>

static int one(int x)
{
	return x + 1;
}

static DEFINE_STATIC_CALL(op, one);
static DEFINE_STATIC_CALL_RET0(zero, one);
static int (*plain)(int) __static_call = one;

int use(void);
int use(void)
{
	struct static_call_stats stats;

	plain = one;
	static_call_cond(op)(1);
	if (static_call_update(op, one) || static_call_stats(&stats) || static_call_query(zero) == op)
		return 1;
	return static_call(op)(2) + plain(1) + zero(3);
}
