/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * owner.c: the pointer is of the program, or with -DELSEWHERE of a library that does not
 * call it, and a library that has registered before calls it.
 */
#include "stranger.h"

#ifndef ELSEWHERE
int (*stranger)(int);
#endif

static int one(int a) { return a + 1; }
static int (*own)(int) __static_call = one;

int main(void)
{
	struct static_call_site_info site;

	set_stranger();
	CHECK_IS(call_stranger(own(1)), 105);
	site = site_in(call_stranger, "stranger");
	CHECK_IS(site.escaped, 0);
	CHECK_IS(site.state, STATIC_CALL_SITE_DIRECT);
	stranger = one;
	CHECK_IS(call_stranger(1), 102);
	set_stranger();
	CHECK_IS(call_stranger(1), 104);
	return 0;
}
