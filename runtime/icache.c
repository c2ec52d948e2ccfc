/* SPDX-License-Identifier: MIT */
/*
 * icache.c: have instruction fetches see what has been stored.
 *
 * Where the instruction cache does not snoop stores it is cleaned for the lines
 * that have changed, after all stores of a pass and before the cores are
 * synchronized.  Cleaning has a price a line and another one a call; pieces that
 * are close together are done in one call.
 */
#include "walk.h"

struct range {
	uintptr_t lo, hi;
};

static bool near(const struct range *range, uintptr_t addr)
{
	uintptr_t apart = addr > range->hi ? addr - range->hi :
			  addr < range->lo ? range->lo - addr : 0;

	return range->hi && apart <= ARCH_FLUSH_GAP;
}

static int add(const struct part *part, const struct piece *piece, void *arg)
{
	struct range *range = arg;
	uintptr_t addr = piece->addr, end = addr + part->size;

	if (near(range, addr)) {
		range->lo = addr < range->lo ? addr : range->lo;
		range->hi = end > range->hi ? end : range->hi;
		return 0;
	}
	if (range->hi)
		arch_flush(range->lo, range->hi);
	*range = (struct range){ addr, end };
	return 0;
}

static int add_part(const struct part *part, void *range)
{
	return part_each(part, add, range);
}

/* icache_flush: what has been written of these @kinds of pieces.  Under the lock. */
void icache_flush(const struct plan *plan, unsigned int kinds)
{
	struct range range = { 0, 0 };

	if (!ARCH_FLUSH_GAP)
		return;
	walk(plan, kinds, add_part, &range);
	if (range.hi)
		arch_flush(range.lo, range.hi);
}
