/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lonely_user.c: the only library that calls them. */
#include "lonely.h"

int user_call(int a)
{
	a = lonely(a);
	a = hooks.enter(a);
	return hooks.leave(a) + 10;
}
