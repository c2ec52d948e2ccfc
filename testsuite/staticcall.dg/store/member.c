/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stores to pointers inside of a marked object are updates, to other members not. */
/* { dg-do compile } */
/* { dg-options "-O2" } */

struct ops {
	int data;
	int (*read)(int);
	int (*write)(int);
};

struct ops ops __attribute__((static_call));
struct ops all[2] __attribute__((static_call));

void set(int (*f)(int))
{
	ops.read = f;
	ops.data = 5;
	all[1].write = f;
	all[0].data++;
}

/* { dg-final { scan-assembler-times {\m(call|jmp|tail|bl|b|b\.w|brasl|jg)\M[^\n]*__static_call_store} 2 } } */
/* { dg-final { scan-assembler-not {__static_call_sync} } } */
