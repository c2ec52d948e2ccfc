/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Another unit, which the plugin compiles too, does not know the marks: what it stores to or
   lets out is never patched, and what it only reads is. */
/* { dg-do run } */
/* { dg-additional-sources "unseen-aux.c" } */
#include <stdio.h>
#include <string.h>
#include <staticcall.h>
#include "unseen.h"

extern fn *stored __static_call, *let_out __static_call, *in_table __static_call;
extern fn *renamed __static_call, *only_read __static_call;
extern struct ops ops __static_call, copied __static_call;

int inc(int x) { return x + 1; }
int dec(int x) { return x - 1; }

__attribute__((noipa)) static int call(int x)
{
	return stored(x) + let_out(x) + in_table(x) + renamed(x) + ops.f(x) + copied.f(x);
}

__attribute__((noipa)) static int call_read(int x) { return only_read(x) + 1; }

static int look(const struct static_call_site_info *info, void *bad)
{
	int patched = info->state != STATIC_CALL_SITE_ON_TRAMP;

	if (patched == !strcmp(info->name, "only_read"))
		return 0;
	printf("%s: %d\n", info->name, info->state);
	*(int *)bad = 1;
	return 0;
}

int main(void)
{
	int bad = 0;

	if (call(1) != 6 * 2 || call_read(1) != 3)
		return 1;
	set_all(dec);
	if (call(1) != 0)
		return 2;
	only_read = dec;
	if (call_read(1) != 1 || read_only() != dec)
		return 3;
	return static_call_for_each_site(look, &bad) || bad ? 4 : 0;
}
