/* SPDX-License-Identifier: MIT */
/*
 * spans.c: which text an update makes writable.
 */
#include "walk.h"

/* add_span: what of [@lo, @hi) lies in executable segments of @dso. */
static struct segment *add_span(struct segment *spans, struct dso *dso, uintptr_t lo, uintptr_t hi)
{
	struct segment *seg;

	for (seg = dso->segments; seg < dso->segments + dso->nsegments; seg++) {
		if (hi <= seg->start || lo >= seg->end)
			continue;
		if (!seg->hi) {
			seg->lo = UINTPTR_MAX;
			seg->todo = spans;
			spans = seg;
		}
		if (seg->lo > lo)
			seg->lo = lo > seg->start ? lo : seg->start;
		if (seg->hi < hi)
			seg->hi = hi < seg->end ? hi : seg->end;
	}
	return spans;
}

static int add_part(const struct part *part, void *arg)
{
	struct segment **spans = arg;

	*spans = add_span(*spans, part->key->dso, part->lo, part->hi);
	return 0;
}

/*
 * plan_spans: which part of which segments: from the first to the last piece, never
 * across a gap.  Under the lock.
 */
struct segment *plan_spans(const struct plan *plan)
{
	struct segment *spans = NULL, *seg;
	struct dso *dso;

	assert_locked();
	for (dso = registry; dso; dso = dso->next)
		for (seg = dso->segments; seg < dso->segments + dso->nsegments; seg++)
			seg->lo = seg->hi = 0;
	walk(plan, PIECES, add_part, &spans);
	return spans;
}
