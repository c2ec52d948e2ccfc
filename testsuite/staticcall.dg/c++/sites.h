/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sites.h: how many sites of a pointer there are, and that each holds its target.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <staticcall.h>

#define CHECK(condition)						\
	do {								\
		if (!(condition)) {					\
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
			abort();					\
		}							\
	} while (0)

struct sites_search {
	const char *name;
	int patched;
};

static inline int sites_visit(const struct static_call_site_info *info, void *arg)
{
	struct sites_search *search = static_cast<sites_search *>(arg);

	if (strcmp(info->name, search->name))
		return 0;
	if (info->escaped || info->state == STATIC_CALL_SITE_ON_TRAMP) {
		fprintf(stderr, "%s at %p is on its trampoline\n", info->name, info->addr);
		return 1;
	}
	search->patched++;
	return 0;
}

/* The number of sites of @name; -1 where one of them is not patched. */
static inline int patched_sites(const char *name)
{
	struct sites_search search = { name, 0 };

	return static_call_for_each_site(sites_visit, &search) ? -1 : search.patched;
}
