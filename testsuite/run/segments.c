/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * segments.c: code and pointers in more parts of the file than anybody expects.  Where each
 * is put test_objects.py says.
 */
#include "check.h"

__attribute__((noipa)) static int one(int a) { return a + 1; }
__attribute__((noipa)) static int two(int a) { return a + 2; }

#define EACH(X)	X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9)			\
		X(10) X(11) X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19)		\
		X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29)		\
		X(30) X(31) X(32) X(33) X(34) X(35) X(36) X(37) X(38) X(39)

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
	CHECK_IS(site_in(call##n, "op" #n).state, STATIC_CALL_SITE_DIRECT);

EACH(PART)

int main(void)
{
	EACH(UPDATE)
	CHECK_IS(stats().patched, 40);
	CHECK_IS(stats().tramp, 0);
	return 0;
}
