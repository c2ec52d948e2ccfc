/* SPDX-License-Identifier: MIT */
/*
 * spans.c: which text an update makes writable.
 */
#include "walk.h"

/* add_span: what of [@lo, @hi) lies in executable segments of @dso. */
static struct segment *add_span(struct segment *spans, struct dso *dso, uintptr_t lo, uintptr_t hi)
{
	struct segment *seg;

	for (seg = dso->segments; seg < dso->segments + dso->npatchable; seg++) {
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

static void no_spans(void)
{
	struct segment *seg;
	struct dso *dso;

	for (dso = registry; dso; dso = dso->next)
		for (seg = dso->segments; seg < dso->segments + dso->npatchable; seg++)
			seg->lo = seg->hi = 0;
}

/* all_spans: all text that there is.  Under the lock. */
struct segment *all_spans(void)
{
	struct segment *spans = NULL;
	struct dso *dso;

	assert_locked();
	no_spans();
	for (dso = registry; dso; dso = dso->next)
		if (!dso->departed)
			spans = add_span(spans, dso, 0, UINTPTR_MAX);
	return spans;
}

/*
 * plan_spans: which part of which segments: from the first to the last piece, never
 * across a gap.  Under the lock.
 */
struct segment *plan_spans(const struct plan *plan)
{
	struct segment *spans = NULL;

	assert_locked();
	no_spans();
	walk(plan, PIECES, add_part, &spans);
	return spans;
}
