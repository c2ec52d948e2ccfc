/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pointer that others can change behind the plugin's back is never stale. */
/* { dg-do run } */
/* { dg-options "-Wno-attributes" } */
#include <string.h>
#include <staticcall.h>

typedef int fn_t(void);

static int one(void)
{
	return 1;
}

static int two(void)
{
	return 2;
}

fn_t *arg __static_call = one;
fn_t *init __static_call = one;
fn_t *in_asm __static_call = one;
struct { fn_t *fp; } member __static_call = { one };
fn_t *tbl[2] __static_call = { one, one };
fn_t **init_p = &init;

__attribute__((noinline)) static void set(fn_t **p, fn_t *f)
{
	*p = f;
}

__attribute__((noinline)) static int call(void)
{
	return arg() + init() * 10 + in_asm() * 100 + member.fp() * 1000 + tbl[1]() * 10000;
}

int main(void)
{
	fn_t **walk;

	if (call() != 11111)
		__builtin_abort();
	set(&arg, two);
	if (call() != 11112)
		__builtin_abort();
	*init_p = two;
	if (call() != 11122)
		__builtin_abort();
	set(&member.fp, two);
	if (call() / 1000 != 12)
		__builtin_abort();
	for (walk = tbl; walk < tbl + 2; walk++)
		*walk = two;
	if (call() / 1000 != 22)
		__builtin_abort();
	arg = one;
	tbl[1] = one;
	if (call() % 10 != 1 || call() / 10000 != 1)
		__builtin_abort();
	return 0;
}
