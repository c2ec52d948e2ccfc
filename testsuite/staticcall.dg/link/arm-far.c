/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is out of a branch's reach, 16 MiB in T32, 32 MiB in A32: a target is reached
 * by the trampoline, a trampoline by a veneer of the linker's.
 */
/* { dg-do run { target arm*-*-* } } */
/* { dg-options "-O2 -static -Wl,--section-start=.far=0x8000000 -Wl,--section-start=.farther=0x10000000" } */
#include <staticcall.h>

static int near(int x)
{
	return x + 1;
}

__attribute__((section(".far"))) int far(int x)
{
	return x + 100;
}

int (*fp)(int) __static_call = near;

__attribute__((noinline)) static int call(int x)
{
	return fp(x) * 2;
}

__attribute__((noinline)) static int tail(int x)
{
	return fp(x);
}

__attribute__((noinline, section(".farther"))) int far_call(int x)
{
	return fp(x) * 3;
}

static int states[4];

static int look(const struct static_call_site_info *info, void *arg)
{
	(void)arg;
	states[info->state]++;
	return 0;
}

static void expect(int x, int wanted, enum static_call_site_state state)
{
	__builtin_memset(states, 0, sizeof(states));
	static_call_for_each_site(look, 0);
	if (states[state] < 2 || states[state] + states[STATIC_CALL_SITE_ON_TRAMP] < 3)
		__builtin_abort();
	if (call(x) != wanted * 2 || tail(x) != wanted || far_call(x) != wanted * 3)
		__builtin_abort();
}

int main(void)
{
	expect(3, 4, STATIC_CALL_SITE_DIRECT);
	fp = far;
	expect(3, 103, STATIC_CALL_SITE_ON_TRAMP);
	fp = near;
	expect(3, 4, STATIC_CALL_SITE_DIRECT);
	fp = (int (*)(int))(void *)__static_call_return0;
	expect(3, 0, STATIC_CALL_SITE_RET0);
	fp = far;
	expect(3, 103, STATIC_CALL_SITE_ON_TRAMP);
	return 0;
}
/* { dg-final { scan-static-call-sites 3 fp } } */
