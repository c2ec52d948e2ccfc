/* SPDX-License-Identifier: GPL-2.0-or-later */
/* look.c: static_call_stats() and static_call_for_each_site(). */
#include <errno.h>

#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);
DEFINE_STATIC_CALL(op2, one);

__attribute__((noipa)) static int call(void) { return op(1) + 100; }
__attribute__((noipa)) static int call_both(void) { return op(1) + op2(1); }

static int stop_at_second(const struct static_call_site_info *info, void *arg)
{
	int *seen = arg;

	CHECK(info->addr && info->slot && info->name);
	return ++*seen == 2 ? -42 : 0;
}

static int update_meanwhile(const struct static_call_site_info *info, void *arg)
{
	int *seen = arg;

	/* A snapshot: it shows what was in force when the walk began. */
	CHECK(info->target == (void *)one);
	CHECK_IS(info->state, STATIC_CALL_SITE_DIRECT);
	CHECK_IS(static_call_update(op, two), 0);
	op2 = two;
	CHECK_IS(static_call_for_each_site(stop_at_second, &(int){ 0 }), -42);
	CHECK_IS(stats().sites, 3);
	++*seen;
	return 0;
}

int main(void)
{
	struct { struct static_call_stats stats; uint64_t more[4]; } newer;
	struct static_call_stats now = stats(), partly;
	int seen = 0;

	CHECK_IS(call() + call_both(), 102 + 4);
	CHECK_IS(now.dsos, 1);
	CHECK_IS(now.keys, 2);
	CHECK_IS(now.sites, 3);
	CHECK_IS(now.escaped + now.updates + now.batches, 0);

	CHECK_IS(__static_call_stats(&partly, 0), -EINVAL);
	memset(&partly, 0x55, sizeof(partly));
	CHECK_IS(__static_call_stats(&partly, offsetof(struct static_call_stats, sites)), 0);
	CHECK_IS(partly.keys, 2);
	CHECK_IS(partly.sites, 0x5555555555555555);
	memset(&newer, 0x55, sizeof(newer));
	CHECK_IS(__static_call_stats((void *)&newer, sizeof(newer)), 0);
	CHECK_IS(newer.stats.size, sizeof(newer.stats));
	CHECK_IS(newer.stats.sites, 3);
	CHECK_IS(newer.more[0] | newer.more[3], 0);

	CHECK_IS(static_call_for_each_site(stop_at_second, &seen), -42);
	CHECK_IS(seen, 2);
	seen = 0;
	CHECK_IS(static_call_for_each_site(update_meanwhile, &seen), 0);
	CHECK_IS(seen, 3);
	CHECK_IS(call() + call_both(), 103 + 6);
	CHECK_IS(stats().updates, 6);
	return 0;
}
