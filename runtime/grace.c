/* SPDX-License-Identifier: MIT */
/*
 * grace.c: the program says that every thread has left the trampolines; see bodies.c.
 */
#include "internal.h"

static bool any_retired(uint32_t when)
{
	const struct rkey *key;
	const struct dso *dso;

	for (dso = registry; dso; dso = dso->next)
		for (key = dso->keys; key < dso->keys + dso->nkeys; key++)
			if (bodies_retired(key, when))
				return true;
	return false;
}

/* What could not have a body for want of one gets it now. */
static int release(uint32_t when)
{
	struct plan plan;
	struct rkey *key;
	struct dso *dso;

	plan_init(&plan);
	for (dso = registry; dso; dso = dso->next)
		for (key = dso->keys; key < dso->keys + dso->nkeys; key++)
			if (bodies_retired(key, when) && bodies_release(key) && !dso->departed)
				plan_again(&plan, key);
	return plan_commit(&plan, MAY);
}

/*
 * static_call_grace_period: @wait() returns when every thread has been outside of all
 * trampolines since it was called.  What came out of use before may be used again then.
 */
int static_call_grace_period(void (*wait)(void))
{
	struct signals saved;
	uint32_t when;
	bool any;
	int err;

	if (!ARCH_BODIES)
		return 0;
	lock(&saved);
	when = bodies_begin();
	any = any_retired(when);
	unlock(&saved);
	if (!any)
		return 0;

	wait();

	lock(&saved);
	err = release(when);
	unlock(&saved);
	return err;
}
