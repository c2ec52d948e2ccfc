/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Code of more than a branch's reach: what cannot be reached, target or stub, is
 * reached by way of the trampoline, and its slot follows what it reaches itself.
 */
/* { dg-do run { target riscv64-*-* } } */
/* { dg-options "-O2 -fno-toplevel-reorder" } */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <staticcall.h>

#define NOP	0x00000013u
#define JAL_X0	0x0000006fu

typedef long fn_t(long);

extern fn_t *fp __static_call;
extern uint32_t tramp[] __asm__("__SCT__fp.cond") __attribute__((visibility("hidden")));

__attribute__((noipa)) long early_target(long x) { return x + 1; }
__attribute__((noipa)) long early_call(long x) { return static_call_cond(fp)(x) + 10; }
__attribute__((noipa)) long early_tail(long x) { return static_call_cond(fp)(x); }

__asm__(".text\n\t.space 0x180000\n");

__attribute__((noipa)) long late_target(long x) { return x + 2; }
__attribute__((noipa)) long late_call(long x) { return static_call_cond(fp)(x) + 10; }
__attribute__((noipa)) long late_tail(long x) { return static_call_cond(fp)(x); }

fn_t *fp = early_target;

enum { TRAMP = STATIC_CALL_SITE_ON_TRAMP, DIRECT = STATIC_CALL_SITE_DIRECT,
       NONE = STATIC_CALL_SITE_NOP, ZERO = STATIC_CALL_SITE_RET0 };

static int states[4];

static int look(const struct static_call_site_info *info, void *arg)
{
	int late = info->addr > (const void *)late_target;

	(void)arg;
	states[2 * late + info->tail] = info->state;
	return 0;
}

static void are(int line, int slot, int call1, int tail1, int call2, int tail2)
{
	int wanted[] = { call1, tail1, call2, tail2 }, i, bad;

	static_call_for_each_site(look, NULL);
	bad = slot != (*tramp == NOP ? 0 : (*tramp & 0xfff) == JAL_X0 ? 1 : 2);
	for (i = 0; i < 4; i++)
		bad |= states[i] != wanted[i];
	if (!bad)
		return;
	printf("line %d: slot %08x, states %d %d, %d %d\n", line, (unsigned int)*tramp,
	       states[0], states[1], states[2], states[3]);
	exit(1);
}

static void give(int line, long value)
{
	long call1 = early_call(1), tail1 = early_tail(1), call2 = late_call(1), tail2 = late_tail(1);

	if (call1 == value + 10 && call2 == value + 10 && tail1 == value && tail2 == value)
		return;
	printf("line %d: %ld %ld %ld %ld\n", line, call1, tail1, call2, tail2);
	exit(1);
}

int main(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		fp = early_target;
		are(__LINE__, 0, DIRECT, DIRECT, TRAMP, TRAMP);
		give(__LINE__, 2);
		fp = late_target;
		are(__LINE__, 1, TRAMP, TRAMP, DIRECT, DIRECT);
		give(__LINE__, 3);
		fp = NULL;
		are(__LINE__, 0, NONE, TRAMP, NONE, NONE);
		early_call(1);
		early_tail(1);
		late_call(1);
		late_tail(1);
		fp = late_target;
		are(__LINE__, 1, TRAMP, TRAMP, DIRECT, DIRECT);
		give(__LINE__, 3);
		fp = (fn_t *)(void *)__static_call_return0;
		are(__LINE__, 0, TRAMP, TRAMP, ZERO, ZERO);
		give(__LINE__, 0);
	}
	return 0;
}
