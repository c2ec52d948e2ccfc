/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A weak reference is another name of a pointer: a store by it counts. */
/* { dg-do run } */
/* { dg-additional-sources "weakref-aux.c" } */
/* { dg-warning "is a weak reference; its mark" "" { target *-*-* } 0 } */
#include <staticcall.h>

static int inc(int x) { return x + 1; }
static int dec(int x) { return x - 1; }

int (*op)(int) __static_call = inc;

void set(int (*f)(int));
void set_marked(int (*f)(int));

__attribute__((noipa)) static int call(int x) { return op(x) + 1; }

int main(void)
{
	if (call(1) != 3)
		return 1;
	set(dec);
	if (call(1) != 1)
		return 2;
	set_marked(inc);
	return call(1) != 3;
}
