/* SPDX-License-Identifier: GPL-2.0-or-later */
/* depend_user.c: calls the pointer of the library that it needs. */
#include "depend.h"

static int user_call(int a) { return depended(a) + 100; }

int depend_start(void)
{
	depend_call = user_call;
	return user_call(1);
}
