/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * segments.c: code and pointers in more parts of the file than anybody expects.  Where each
 * is put test_objects.py says.
 */
#include "check.h"

__attribute__((noipa)) static int one(int a) { return a + 1; }
__attribute__((noipa)) static int two(int a) { return a + 2; }

#define EACH(X)	X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9)			\
		X(10) X(11) X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19)

#define PART(n)										\
	int (*op##n)(int) __static_call __attribute__((section(".data_" #n))) = one;	\
	__attribute__((noipa, section(".text_" #n))) int call##n(int a)			\
	{										\
		return op##n(a) + 100;							\
	}

#define UPDATE(n)				\
	CHECK_IS(call##n(1), 102);		\
	op##n = two;				\
	CHECK_IS(call##n(1), 103);		\
	site_in(call##n, "op" #n);

EACH(PART)

int main(void)
{
	EACH(UPDATE)
	CHECK(stats().patched);
	return 0;
}
