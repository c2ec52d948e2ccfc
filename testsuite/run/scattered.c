/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scattered.c: records in no order, of sites on many pages. */
#include "many.h"
#include "check.h"
#include "site.h"

typedef long (*target)(long);

target fp __static_call;

static long one(long a) { return a + 1; }
static long two(long a) { return a + 2; }

__attribute__((noipa)) static long call(long a) { return fp(a) + 100; }

#define SITES	100

/* A function every 512 bytes. */
#define X(n)								\
	".balign 512\n" SITE_FUNCTION("jump_" #n)			\
	SITE_INSN_JUMP("site_" #n, "__SCT__fp")
__asm__(".text\n" MANY_10(0));
#undef X

#define X(n)	RECORD("site_" #n, "fp", "1")
__asm__(MANY_1(0, 9) MANY_1(0, 2) MANY_1(0, 5) MANY_1(0, 0) MANY_1(0, 8) MANY_1(0, 7) MANY_1(0, 1)
	MANY_1(0, 6) MANY_1(0, 4));
#undef X

/* The other way round. */
__asm__(RECORD("site_039", "fp", "1") RECORD("site_038", "fp", "1") RECORD("site_037", "fp", "1")
	RECORD("site_036", "fp", "1") RECORD("site_035", "fp", "1") RECORD("site_034", "fp", "1")
	RECORD("site_033", "fp", "1") RECORD("site_032", "fp", "1") RECORD("site_031", "fp", "1")
	RECORD("site_030", "fp", "1"));

#define X(n)	long jump_##n(long);
MANY_10(0)
#undef X

#define X(n)	jump_##n,
static const target jumps[] = { MANY_10(0) };
#undef X

static void check_all(target func)
{
	unsigned int n;

	for (n = 0; n < SITES; n++)
		CHECK_IS(jumps[n](n), func(n));
	CHECK_IS(call(1), func(1) + 100);
}

static int ascending(const struct static_call_site_info *info, void *arg)
{
	const void **last = arg;

	CHECK(info->addr > *last);
	*last = info->addr;
	if (TAIL_CALLS || !info->tail)
		CHECK_IS(info->state, STATIC_CALL_SITE_DIRECT);
	return 0;
}

int main(void)
{
	const void *last = NULL;
	int i;

	CHECK_IS(stats().sites, SITES + 1);
	for (i = 0; i < 3; i++) {
		fp = one;
		check_all(one);
		fp = two;
		check_all(two);
	}
	CHECK_IS(static_call_for_each_site(ascending, &last), 0);
	return 0;
}
