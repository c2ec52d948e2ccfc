/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Neither call nor store changes a register that is a global variable. */
/* { dg-do run { target x86_64-*-* } } */
/* { dg-options "-O2 -fPIC" } */
#include <string.h>
#include <staticcall.h>

register long own __asm__("r11");	/* { dg-warning "call-clobbered register" } */
register long other __asm__("r10");	/* { dg-warning "call-clobbered register" } */

__attribute__((noipa)) static int inc(int a)
{
	own += 2;
	return a + 1;
}

__attribute__((noipa)) static int dec(int a)
{
	own += 3;
	return a - 1;
}

struct ops {
	int (*op)(int);
};

int (*op)(int) __static_call = inc;
struct ops ops __static_call = { inc };
static const struct ops dec_ops = { dec };

__attribute__((noipa)) static int call(int a)
{
	return op(a) * 10 + ops.op(a);
}

__attribute__((noipa)) static long set(int (*f)(int), const struct ops *from)
{
	own = 5;
	other = 7;
	op = f;			/* { dg-warning "'op', marked 'static_call', is stored to where registers" } */
	__atomic_store_n(&op, f, __ATOMIC_RELEASE);
	ops = *from;		/* { dg-warning "'ops', marked 'static_call', is stored to where registers" } */
	memcpy(&ops, from, sizeof(ops));
	return own * 10 + other;
}

int main(void)
{
	int value;

	own = 1;
	value = call(1);
	if (own != 5 || value != 22)
		return 1;
	if (set(dec, &dec_ops) != 57)
		return 2;
	own = 1;
	value = call(1);
	return own == 7 && value == 0 ? 0 : 3;
}
