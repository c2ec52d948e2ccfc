/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One member of an object marked by name: its neighbours are not. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-staticcall-mark=ops.read" } */

struct ops {
	int (*read)(int);
	int (*write)(int);
};

struct ops ops, other;

int caller(int a)
{
	return ops.read(a) + ops.write(a) + other.read(a) + 1;
}

void set(int (*f)(int))
{
	ops.read = f;
	other.read = f;
}

/* { dg-final { scan-static-call-sites 1 ops.read } } */
/* { dg-final { scan-static-call-sites 1 } } */
/* { dg-final { scan-assembler-times {\m(call|jmp|tail|bl|b|b\.w|brasl|jg)\M[^\n]*__static_call_store} 1 } } */
