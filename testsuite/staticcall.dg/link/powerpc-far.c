/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Code of more than a branch's reach: what cannot be reached is reached by way of the
 * trampoline, and its slot follows what it reaches itself.  A site that cannot reach
 * the trampoline has a stub of the linker, and keeps it.
 */
/* { dg-do run { target powerpc*-*-* } } */
/* { dg-options "-O2 -fno-toplevel-reorder" } */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <staticcall.h>

#ifdef __powerpc64__
# define SLOT	2	/* behind what sets up r2 */
# define TAIL	0	/* no jumps */
#else
# define SLOT	0
# define TAIL	1
#endif
#define NOP	0x60000000u

typedef long fn_t(long);

extern fn_t *fp __static_call;
extern uint32_t tramp[] __asm__("__SCT__fp.cond") __attribute__((visibility("hidden")));

#define EARLY	__attribute__((noipa, section(".text.unlikely.early")))
#define LATE	__attribute__((noipa, section(".text.late")))

static long value;

/* Each with something to find by its TOC pointer. */
EARLY static long early_target(long x) { return x + 1 + value; }
EARLY static long early_call(long x) { return static_call_cond(fp)(x) + 10 + value; }
EARLY static long early_tail(long x) { return static_call_cond(fp)(x); }

__asm__(".section .text.unlikely.middle,\"ax\",@progbits\n\t.space 0x2400000\n\t.previous\n");

LATE static long late_target(long x) { return x + 2 + value; }
LATE static long late_call(long x) { return static_call_cond(fp)(x) + 10 + value; }
LATE static long late_tail(long x) { return static_call_cond(fp)(x); }

fn_t *fp = early_target;

enum { TRAMP = STATIC_CALL_SITE_ON_TRAMP, DIRECT = STATIC_CALL_SITE_DIRECT,
       NONE = STATIC_CALL_SITE_NOP, ZERO = STATIC_CALL_SITE_RET0 };

/* In the order of their addresses. */
static int states[4], tails[4];
static const void *sites[4];

static int look(const struct static_call_site_info *info, void *arg)
{
	int n = 2 * (info->addr > (const void *)late_target);

	(void)arg;
	if (info->addr >= (const void *)(n ? late_tail : early_tail))
		n++;
	sites[n] = info->addr;
	states[n] = info->state;
	tails[n] = info->tail;
	return 0;
}

static void are(int line, int slot, int early, int late)
{
	int wanted[] = { early, early, late, late }, i, bad;

	static_call_for_each_site(look, NULL);
	bad = slot != (tramp[SLOT] != NOP);
	for (i = 0; i < 4; i++)
		bad |= !sites[i] || states[i] != wanted[i] || tails[i] != (i & TAIL);
	if (!bad)
		return;
	printf("line %d: slot %08x, states %d %d, %d %d\n", line, (unsigned int)tramp[SLOT],
	       states[0], states[1], states[2], states[3]);
	exit(1);
}

static void give(int line, long result)
{
	long call1 = early_call(1), tail1 = early_tail(1), call2 = late_call(1), tail2 = late_tail(1);

	if (call1 == result + 10 && call2 == result + 10 && tail1 == result && tail2 == result)
		return;
	printf("line %d: %ld %ld %ld %ld\n", line, call1, tail1, call2, tail2);
	exit(1);
}

int main(void)
{
	int i;

	if ((uintptr_t)late_call - (uintptr_t)early_call < 0x2400000) {
		printf("%p and %p are not far from each other\n", (void *)early_call,
		       (void *)late_call);
		return 1;
	}
	for (i = 0; i < 3; i++) {
		fp = early_target;
		are(__LINE__, 0, TRAMP, TRAMP);
		give(__LINE__, 2);
		fp = late_target;
		are(__LINE__, 1, TRAMP, DIRECT);
		give(__LINE__, 3);
		fp = NULL;
		are(__LINE__, 0, TRAMP, NONE);
		early_call(1);
		early_tail(1);
		late_call(1);
		late_tail(1);
		fp = (fn_t *)(void *)__static_call_return0;
		are(__LINE__, 0, TRAMP, ZERO);
		give(__LINE__, 0);
	}
	return 0;
}
