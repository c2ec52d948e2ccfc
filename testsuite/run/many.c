/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * many.c LIBRARY N: a program of OWN pointers loads a library of N, more than the table of
 * pointers has had room for.
 */
#include <dlfcn.h>

#include "check.h"
#include "many_user.h"

static long one(long a) { return a + 1; }
static long two(long a) { return a + 2; }

static long (*library_call)(unsigned int n, long a);
static void (*library_set)(unsigned int n, long (*func)(long));

/* Which third of them calls two(). */
static unsigned int turn;

static void set_all(unsigned int count, void (*set)(unsigned int n, long (*func)(long)))
{
	unsigned int n;

	for (n = 0; n < count; n++)
		set(n, (n + turn) % 3 ? one : two);
}

static void check_all(unsigned int count, long (*call)(unsigned int n, long a))
{
	unsigned int n;

	for (n = 0; n < count; n++)
		CHECK_IS(call(n, n), n + ((n + turn) % 3 ? 1 : 2) + 1000);
}

static int count_site(const struct static_call_site_info *info, void *n)
{
	CHECK(info->target == (void *)one || info->target == (void *)two);
	++*(uint64_t *)n;
	return 0;
}

/* As many as there are, and none of a library that has gone. */
static void check_walk(void)
{
	uint64_t n = 0;

	CHECK_IS(static_call_for_each_site(count_site, &n), 0);
	CHECK_IS(n, stats().sites);
}

int main(int argc, char **argv)
{
	unsigned int count = argc == 3 ? (unsigned int)atoi(argv[2]) : 0;
	void *library;
	int i, j;

	CHECK(count);
	CHECK_IS(stats().keys, OWN);
	set_all(OWN, program_set);
	for (i = 0; i < 2; i++) {
		library = dlopen(argv[1], RTLD_NOW);
		CHECK(library);
		*(void **)&library_call = dlsym(library, "library_call");
		*(void **)&library_set = dlsym(library, "library_set");
		CHECK_IS(stats().keys, OWN + count);
		CHECK_IS(stats().escaped, 0);
		check_all(OWN, program_call);
		/* None has been lost when the table has grown. */
		for (j = 0; j < 3; j++) {
			turn++;
			set_all(count, library_set);
			set_all(OWN, program_set);
			check_all(count, library_call);
			check_all(OWN, program_call);
		}
		CHECK(stats().patched >= OWN);
		check_walk();
		CHECK_IS(dlclose(library), 0);
		check_walk();
		CHECK_IS(stats().keys, OWN);
		check_all(OWN, program_call);
	}
	return 0;
}
