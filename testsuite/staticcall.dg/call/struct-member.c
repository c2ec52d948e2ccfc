/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pointer in a marked object has a key of its own, named as in C. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

struct ops {
	int data;
	int (*read)(int);
	struct {
		int (*write)(int);
	} sub[2];
};

struct ops ops __attribute__((static_call));
struct ops all[4] __attribute__((static_call));

int caller(int a)
{
	return ops.read(a) + ops.read(a + 1) + ops.sub[1].write(a) + all[2].read(a);
}

/* { dg-final { scan-static-call-sites 2 ops.read } } */
/* { dg-final { scan-static-call-sites 4 } } */
/* { dg-final { scan-assembler-times {"ops\.read"} 1 } } */
/* { dg-final { scan-assembler-times {"ops\.sub\[1\]\.write"} 1 } } */
/* { dg-final { scan-assembler-times {"all\[2\]\.read"} 1 } } */
