/* SPDX-License-Identifier: GPL-2.0-or-later */
/* arm-interworking-*.c: a unit in one instruction set, OTHER is the attribute for the other. */
#include <staticcall.h>

static int one(int x)
{
	return x + 1;
}

OTHER static int foreign(int x)
{
	return x + 100;
}

int (*fp)(int) __static_call = one;
void (*vp)(void) __static_call;

__attribute__((noinline)) static int own_call(int x)
{
	static_call(vp)();
	return fp(x) * 2;
}

__attribute__((noinline)) static int own_tail(int x)
{
	return fp(x);
}

/* What the linker makes of these is no branch that may be changed. */
OTHER __attribute__((noinline)) static int other_call(int x)
{
	static_call(vp)();
	return fp(x) * 2;
}

OTHER __attribute__((noinline)) static int other_tail(int x)
{
	return fp(x);
}

static int states[4], misplaced;

static int look(const struct static_call_site_info *info, void *arg)
{
	(void)arg;
	states[info->state]++;
	misplaced += (unsigned long)info->addr & 3;
	return 0;
}

/* Of the three sites of fp and vp that are in the unit's own instruction set. */
static void expect(int direct, int nothing, int zero)
{
	__builtin_memset(states, 0, sizeof(states));
	static_call_for_each_site(look, 0);
	if (states[STATIC_CALL_SITE_DIRECT] != direct || states[STATIC_CALL_SITE_NOP] != nothing
	    || states[STATIC_CALL_SITE_RET0] != zero
	    || states[STATIC_CALL_SITE_ON_TRAMP] != 6 - direct - nothing - zero || misplaced)
		__builtin_abort();
}

static void results(int x, int wanted)
{
	if (own_call(x) != wanted * 2 || own_tail(x) != wanted || other_call(x) != wanted * 2
	    || other_tail(x) != wanted)
		__builtin_abort();
}

int main(void)
{
	results(3, 4);
	expect(2, 1, 0);
	fp = foreign;
	results(3, 103);
	expect(0, 1, 0);
	fp = (int (*)(int))(void *)__static_call_return0;
	results(3, 0);
	expect(0, 1, 2);
	fp = one;
	results(3, 4);
	expect(2, 1, 0);
	return 0;
}
