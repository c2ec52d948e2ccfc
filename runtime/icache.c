/* SPDX-License-Identifier: MIT */
/*
 * icache.c: have instruction fetches see what has been stored.
 *
 * Where the instruction cache does not snoop stores it is cleaned for the lines
 * that have changed, after all stores of a pass and before the cores are
 * synchronized.  Cleaning has a price a line and another one a call; sites that
 * are close together are done in one call.
 */
#include "internal.h"

struct range {
	uintptr_t lo, hi;
};

static bool near(const struct range *range, uintptr_t addr)
{
	uintptr_t apart = addr > range->hi ? addr - range->hi :
			  addr < range->lo ? range->lo - addr : 0;

	return range->hi && apart <= ARCH_FLUSH_GAP;
}

static void add(struct range *range, uintptr_t addr)
{
	uintptr_t end = addr + ARCH_SITE_MAX;

	if (near(range, addr)) {
		range->lo = addr < range->lo ? addr : range->lo;
		range->hi = end > range->hi ? end : range->hi;
		return;
	}
	if (range->hi)
		arch_flush(range->lo, range->hi);
	*range = (struct range){ addr, end };
}

/* icache_flush: what poke() has changed. */
void icache_flush(const struct plan *plan)
{
	struct range range = { 0, 0 };
	const struct rkey *key;
	uint32_t i;

	if (!ARCH_FLUSH_GAP)
		return;
	for (key = plan->keys; key; key = key->todo) {
		for (i = 0; i < key->count; i++)
			add(&range, rkey_site(key, i));
		if (key->slot_at)
			add(&range, key->slot_at);
	}
	if (range.hi)
		arch_flush(range.lo, range.hi);
}
