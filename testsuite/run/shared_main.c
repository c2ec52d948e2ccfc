/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * shared_main.c WHAT USER LEAK: a program and two libraries call one pointer;
 * an update by any of them reaches all.
 */
#include <dlfcn.h>

#include "check.h"
#include "shared.h"

static int mine(int a) { return a + 3; }

__attribute__((noipa)) static int main_call(int a) { return shared(a) + 300; }

static int (*late_call)(int);

static void check_all(int (*func)(int))
{
	CHECK_IS(main_call(1), func(1) + 300);
	CHECK_IS(owner_call(1), func(1) + 100);
	if (late_call)
		CHECK_IS(late_call(1), func(1) + 200);
	CHECK(shared == func);
}

static void update_all(void)
{
	check_all(shared);
	CHECK_IS(static_call_update(shared, mine), 0);
	check_all(mine);
	owner_set(owner_two);
	check_all(owner_two);
	shared = owner_one;
	check_all(owner_one);
}

static void *load(const char *path)
{
	void *library = dlopen(path, RTLD_NOW);

	if (!library)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(library);
	return library;
}

int main(int argc, char **argv)
{
	struct static_call_stats before, after;
	void *user, *leak;
	int i;

	CHECK(argc == 4);
	update_all();
	before = stats();
	CHECK_IS(before.dsos, 2);
	CHECK_IS(before.escaped, 0);

	/* A library that comes calls the current target at once; it goes without a trace. */
	for (i = 0; i < 50; i++) {
		CHECK_IS(static_call_update(shared, i % 2 ? mine : owner_two), 0);
		user = load(argv[2]);
		*(void **)&late_call = dlsym(user, "user_call");
		CHECK(late_call);
		CHECK_IS(stats().dsos, 3);
		CHECK_IS(stats().sites, before.sites + 1);
		update_all();
		late_call = NULL;
		CHECK_IS(dlclose(user), 0);
		after = stats();
		CHECK(after.dsos == before.dsos && after.sites == before.sites);
		update_all();
	}
	if (!strcmp(argv[1], "come-and-go"))
		return 0;

	/* One that lets the address out sends everybody's calls back. */
	CHECK_IS(static_call_update(shared, mine), 0);
	CHECK(stats().patched > 0);
	leak = load(argv[3]);
	CHECK(stats().escaped > 0);
	CHECK_IS(stats().patched, 0);
	CHECK(site_in(main_call, "shared").escaped);
	CHECK_IS(site_in(main_call, "shared").state, STATIC_CALL_SITE_ON_TRAMP);
	update_all();
	**(int (***)(int))dlsym(leak, "leaked") = mine;
	check_all(mine);

	/* For good: who knows who has it. */
	CHECK_IS(dlclose(leak), 0);
	user = load(argv[2]);
	*(void **)&late_call = dlsym(user, "user_call");
	update_all();
	CHECK_IS(stats().patched, 0);
	CHECK(stats().escaped > 0);
	return 0;
}
