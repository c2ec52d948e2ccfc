/* SPDX-License-Identifier: MIT */
/*
 * stats.c: how many of everything.
 */
#include <string.h>

#include "internal.h"

struct counters counters;

static void count(struct static_call_stats *stats)
{
	const struct rkey *key;
	const struct dso *dso;

	for (dso = registry; dso; dso = dso->next) {
		if (dso->departed)
			continue;
		stats->dsos++;
		stats->keys += dso->nkeys;
		stats->sites += dso->nsites;
		for (key = dso->keys; key < dso->keys + dso->nkeys; key++) {
			stats->patched += key->patched;
			stats->escaped += key->left_alone || key->slot->escaped;
		}
	}
	stats->tramp = stats->sites - stats->patched;
}

int __static_call_stats(struct static_call_stats *out, size_t size)
{
	struct static_call_stats stats = { .size = sizeof(stats) };
	struct signals saved;

	if (!size)
		return -EINVAL;

	lock(&saved);
	count(&stats);
	stats.updates = counters.updates;
	stats.batches = counters.batches;
	stats.syncs = counters.syncs;
	stats.traps = __atomic_load_n(&counters.traps, __ATOMIC_RELAXED);
	stats.poke = poke_name();
	stats.writer = writer_name();
	unlock(&saved);

	/* A caller built with an older or a newer header gets what both know. */
	memset(out, 0, size);
	memcpy(out, &stats, size < sizeof(stats) ? size : sizeof(stats));
	return 0;
}
