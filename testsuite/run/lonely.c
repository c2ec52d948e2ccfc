/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lonely.c OWNER USER LEAK: what has escaped has for good, also where for a while nobody
 * calls it; as long as it is there.
 */
#include <dlfcn.h>

#include "lonely.h"

static int two(int a) { return a + 2; }
static target own __static_call = two;

static void *load(const char *path)
{
	void *library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);

	if (!library)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(library);
	return library;
}

static target *in(void *library, const char *name)
{
	target *found = dlsym(library, name);

	CHECK(found);
	return found;
}

static void check(void *user, int escaped, int value)
{
	target call = (target)(void *)in(user, "user_call");

	CHECK_IS(stats().escaped, escaped ? 3 : 0);
	CHECK_IS(call(own(0)), value);
}

int main(int argc, char **argv)
{
	struct hooks *leaked_hooks;
	void *owner, *user, *leak;
	target *leaked;
	int round;

	CHECK(argc == 4);
	for (round = 0; round < 2; round++) {
		owner = load(argv[1]);
		user = load(argv[2]);
		check(user, 0, 2 + 3 + 10);
		leak = load(argv[3]);
		check(user, 1, 2 + 3 + 10);
		leaked = *(target **)(void *)in(leak, "leaked");
		leaked_hooks = *(struct hooks **)(void *)in(leak, "leaked_hooks");
		CHECK_IS(dlclose(leak), 0);
		check(user, 1, 2 + 3 + 10);
		CHECK_IS(dlclose(user), 0);
		CHECK_IS(stats().escaped, 0);

		user = load(argv[2]);
		check(user, 1, 2 + 3 + 10);
		*leaked = two;
		leaked_hooks->leave = two;
		check(user, 1, 2 + 5 + 10);
		CHECK_IS(dlclose(user), 0);

		/* With the owner ends what was known of its pointers. */
		CHECK_IS(dlclose(owner), 0);
		CHECK(!dlopen(argv[1], RTLD_NOW | RTLD_NOLOAD));
	}
	return 0;
}
