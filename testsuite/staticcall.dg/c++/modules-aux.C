/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The importing unit of modules.C. */
#include "sites.h"
import ops;

static int two(int x)
{
	return x + 2;
}

int main()
{
	CHECK(outside(0) == 111);
	CHECK(inlined(0) == 111);
	fp = two;
	ops.write = two;
	named::fp = two;
	CHECK(fp(0) + ops.read(0) == 3);
	CHECK(outside(0) == 222);
	CHECK(inlined(0) == 222);
	puts("done");
}
