/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wherever a site falls, its distance lies in one doubleword, and it is patched. */
/* { dg-do run { target s390x-*-* } } */
/* { dg-options "-O2" } */
#include <stdint.h>
#include <staticcall.h>

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

int (*fp)(int) __static_call = one;

#define HALF	__asm__ volatile("nopr %r7")

__attribute__((noipa)) int calls(int x)
{
	x += fp(x);
	HALF;
	x += fp(x);
	HALF;
	HALF;
	x += fp(x);
	HALF;
	HALF;
	HALF;
	x += fp(x);
	return x + fp(x) + 1;
}

#define TAIL(n, before)							\
	__attribute__((noipa)) int tail##n(int x) { before return fp(x); }
TAIL(0,)
TAIL(1, HALF;)
TAIL(2, HALF; HALF;)
TAIL(3, HALF; HALF; HALF;)

static int check(const struct static_call_site_info *info, void *n)
{
	uintptr_t distance = (uintptr_t)info->addr + 2;

	if (distance / 8 != (distance + 3) / 8)
		return 10;
	if (info->state != STATIC_CALL_SITE_DIRECT)
		return 11;
	++*(int *)n;
	return 0;
}

static int tails(int x)
{
	return tail0(x) + tail1(x) + tail2(x) + tail3(x);
}

int main(void)
{
	int n = 0, err = static_call_for_each_site(check, &n);

	if (err)
		return err;
	if (n != 9)
		return 1;
	if (calls(0) != 32 || tails(1) != 8)
		return 2;
	fp = two;
	if (calls(0) != 63 || tails(1) != 12)
		return 3;
	fp = (int (*)(int))(void *)__static_call_return0;
	if (calls(7) != 8 || tails(1) != 0)
		return 4;
	fp = one;
	return calls(0) != 32 || tails(1) != 8;
}

/* { dg-final { scan-static-call-sites 9 fp } } */
