/* SPDX-License-Identifier: GPL-2.0-or-later */
/* unread.c LIBRARY: with a library of which the runtime cannot know what it lets out. */
#include <dlfcn.h>

#include "check.h"
#include "shared.h"

static int mine(int a) { return a + 3; }

__attribute__((noipa)) static int main_call(int a) { return shared(a) + 300; }

int main(int argc, char **argv)
{
	int (***leaked)(int), (*user)(int);
	void *library;

	CHECK(argc == 2);
	CHECK_IS(static_call_update(shared, mine), 0);
	CHECK_IS(main_call(1), 304);
	CHECK(stats().patched > 0);

	library = dlopen(argv[1], RTLD_NOW);
	if (!library)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(library);
	CHECK_IS(stats().patched, 0);
	CHECK(site_in(main_call, "shared").escaped);
	*(void **)&leaked = dlsym(library, "leaked");
	**leaked = owner_two;
	CHECK_IS(main_call(1), 303);
	CHECK_IS(owner_call(1), 103);

	/* Its own calls are right; its stores are seen, and may be. */
	*(void **)&user = dlsym(library, "leak_call");
	CHECK_IS(user(1), 203);
	shared = owner_one;
	CHECK_IS(user(1), 202);
	((void (*)(int (*)(int)))dlsym(library, "leak_set"))(mine);
	CHECK_IS(main_call(1), 304);
	CHECK_IS(user(1), 204);
	CHECK_IS(dlclose(library), 0);
	CHECK_IS(static_call_update(shared, owner_two), 0);
	CHECK_IS(main_call(1), 303);
	CHECK_IS(stats().patched, 0);
	return 0;
}
