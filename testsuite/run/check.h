/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check.h: checks that end a test program, and a look at its sites.
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "staticcall.h"
#include "insn.h"

#define CHECK(condition)						\
	do {								\
		if (!(condition)) {					\
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, \
				__LINE__, #condition);			\
			exit(1);					\
		}							\
	} while (0)

#define CHECK_IS(expression, value)					\
	do {								\
		long is = (long)(expression), want = (long)(value);	\
		if (is != want) {					\
			fprintf(stderr, "%s:%d: %s is %ld, not %ld\n",	\
				__FILE__, __LINE__, #expression, is, want); \
			exit(1);					\
		}							\
	} while (0)

static inline struct static_call_stats stats(void)
{
	struct static_call_stats stats;

	CHECK_IS(static_call_stats(&stats), 0);
	CHECK_IS(stats.size, sizeof(stats));
	CHECK_IS(stats.patched + stats.tramp, stats.sites);
	return stats;
}

/* The nth site, by address, of the pointer of this name; within() a function if given. */
struct site_search {
	const char *name;
	const void *after;
	struct static_call_site_info found;
};

static inline int site_visit(const struct static_call_site_info *info, void *arg)
{
	struct site_search *search = arg;

	if ((!search->name || !strcmp(info->name, search->name)) && info->addr >= search->after &&
	    (!search->found.addr || info->addr < search->found.addr))
		search->found = *info;
	return 0;
}

/* The first site of the pointer `name` at or behind `after`, as in a function's code. */
static inline struct static_call_site_info site_in(const void *after, const char *name)
{
	struct site_search search = { .name = name, .after = code_of(after) };

	CHECK_IS(static_call_for_each_site(site_visit, &search), 0);
	CHECK(search.found.addr);
	return search.found;
}

#endif
