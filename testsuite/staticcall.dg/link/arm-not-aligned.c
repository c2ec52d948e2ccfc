/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Without alignment, sites of T32 that straddle words stay on their trampoline. */
/* { dg-do run { target arm*-*-* } } */
/* { dg-options "-O2 -mthumb -fplugin-arg-staticcall-align=none" } */
#include <staticcall.h>

static unsigned int count;

static void one(void)
{
	count++;
}

static void two(void)
{
	count += 2;
}

void (*fp)(void) __static_call = one;

/* A nop has 16 bits. */
#define NOP __asm__ volatile("nop")

__attribute__((noipa)) static void many(void)
{
	fp(); NOP; fp(); NOP; fp(); NOP; fp(); NOP; fp();
	NOP;
}

static int states[4], wrong;

static int look(const struct static_call_site_info *info, void *arg)
{
	(void)arg;
	states[info->state]++;
	wrong += ((unsigned long)info->addr & 2 ? STATIC_CALL_SITE_ON_TRAMP
						: STATIC_CALL_SITE_DIRECT) != info->state;
	return 0;
}

int main(void)
{
	static_call_for_each_site(look, 0);
	if (states[STATIC_CALL_SITE_ON_TRAMP] < 2 || states[STATIC_CALL_SITE_DIRECT] < 2 || wrong)
		__builtin_abort();
	many();
	fp = two;
	many();
	return count != 5 + 10;
}
