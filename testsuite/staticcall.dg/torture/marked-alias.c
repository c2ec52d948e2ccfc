/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The mark is on one of two names of a pointer; stores by the other one count. */
/* { dg-do run } */
#include <staticcall.h>

typedef int fn(int);

static int inc(int x) { return x + 1; }
static int dec(int x) { return x - 1; }

fn *object = inc;
extern fn *name __attribute__((alias("object"))) __static_call;	/* { dg-warning "address of 'name'" } */
fn *weak_object = inc;
extern fn *weak_name __static_call;	/* { dg-warning "address of 'weak_name'" } */
#pragma weak weak_name = weak_object
fn *both __static_call = inc;
extern fn *label __asm__("both");

__attribute__((noipa)) static int call(int x) { return name(x) + weak_name(x) + both(x); }

__attribute__((noipa)) static void set(fn *f)
{
	object = f;
	weak_object = f;
	label = f;
}

int main(void)
{
	if (call(1) != 6)
		return 1;
	set(dec);
	return call(1) != 0;
}
