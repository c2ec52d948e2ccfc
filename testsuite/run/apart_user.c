/* SPDX-License-Identifier: GPL-2.0-or-later */
/* apart_user.c: the library that marks the pointers, and calls them. */
#include "apart.h"

static int three(int a) { return a + 3; }

int call_apart(int a) { return apart(a) + 100; }
int call_member(int a) { return apart_object.member(a) + 100; }

void set_apart(void)
{
	apart = three;
	apart_object.member = three;
}

#ifdef EARLY
/* Of the program, whose constructors come after ours. */
static int four(int a) { return a + 4; }

static __attribute__((constructor)) void early(void)
{
	set_apart();
	store_apart(0, four);
	CHECK_IS(call_apart(1), 105);
	CHECK_IS(call_member(1), 105);
}
#endif

int apart_is_patched(void)
{
	return site_in(call_apart, "apart").state == STATIC_CALL_SITE_DIRECT;
}
