/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who imports a module calls and sets its marked pointers as the module itself does. */
/* { dg-do run } */
/* { dg-options "-O2 -std=c++20 -fmodules-ts -fplugin-arg-staticcall-mark=named::fp" } */
/* { dg-additional-sources "modules-aux.C" } */
export module ops;

export using fn_t = int(int);
export struct table {
	fn_t *read, *write;
};

int one(int x)
{
	return x + 1;
}

export fn_t *fp __attribute__((static_call)) = one;
export table ops [[gnu::static_call]] = { one, one };
export namespace named {
fn_t *fp = one;
}

export __attribute__((noinline)) int outside(int x)
{
	return fp(x) + 10 * ops.write(x) + 100 * named::fp(x);
}

export inline __attribute__((noinline)) int inlined(int x)
{
	return fp(x) + 10 * ops.write(x) + 100 * named::fp(x);
}
/* { dg-output "^done\n$" } */
/* { dg-final { scan-static-call-sites 2 *fp } } */
/* { dg-final { scan-static-call-sites 1 *fp.cond } } */
