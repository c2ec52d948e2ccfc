/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * twin.c LIBRARY: the program has a copy of the runtime of its own, the library has the
 * shared one, and both call and store to one pointer.
 */
#include <dlfcn.h>

#include "stranger.h"

int (*stranger)(int);

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

__attribute__((noipa)) static int call(int a) { return stranger(a) + 200; }

int main(int argc, char **argv)
{
	int (*library_call)(int);
	void (*library_set)(void);
	void *library;
	int i;

	CHECK(argc == 2);
	stranger = one;
	CHECK_IS(call(1), 202);
	CHECK_IS(stats().patched, 1);
	library = dlopen(argv[1], RTLD_NOW);
	if (!library)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(library);
	*(void **)&library_call = dlsym(library, "call_stranger");
	*(void **)&library_set = dlsym(library, "set_stranger");
	for (i = 0; i < 3; i++) {
		library_set();
		CHECK_IS(call(1), 204);
		CHECK_IS(library_call(1), 104);
		stranger = one;
		CHECK_IS(call(1), 202);
		CHECK_IS(library_call(1), 102);
		CHECK_IS(static_call_update(stranger, two), 0);
		CHECK_IS(call(1), 203);
		CHECK_IS(library_call(1), 103);
	}
	printf("%d\n", (int)stats().patched);
	return 0;
}
