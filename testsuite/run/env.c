/* SPDX-License-Identifier: GPL-2.0-or-later */
/* env.c: print what the runtime has chosen, after an update has worked. */
#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

__attribute__((noipa)) static int call(void) { return op(1) + 100; }

int main(void)
{
	struct static_call_stats now = stats();

	CHECK_IS(call(), 102);
	op = two;
	CHECK_IS(call(), 103);
	CHECK_IS(static_call_update(op, one), 0);
	CHECK_IS(call(), 102);
	printf("%s %s %d\n", now.poke, now.writer, (int)now.patched);
	return 0;
}
