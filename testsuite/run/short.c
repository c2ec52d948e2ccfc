/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * short.c LIBRARY N: there is memory for N maps more when the library is loaded, which
 * lets out the address of a pointer whose calls are patched.
 */
#include <dlfcn.h>

#include "check.h"
#include "shared.h"
#include "short.h"

static int mine(int a) { return a + 3; }

__attribute__((noipa)) static int main_call(int a) { return shared(a) + 300; }

int main(int argc, char **argv)
{
	int (***leaked)(int), (*user)(int);
	void *library;

	CHECK(argc == 3);
	CHECK_IS(static_call_update(shared, mine), 0);
	CHECK(stats().patched > 0);

	__static_call_maps_left = atoi(argv[2]);
	library = dlopen(argv[1], RTLD_NOW);
	/* Tells whether there was enough. */
	printf("%d\n", __static_call_maps_left);
	__static_call_maps_left = 0;
	CHECK(library);
	CHECK_IS(stats().patched, 0);
	*(void **)&leaked = dlsym(library, "leaked");
	**leaked = owner_two;
	CHECK_IS(main_call(1), 303);
	CHECK_IS(owner_call(1), 103);
	*(void **)&user = dlsym(library, "leak_call");
	CHECK_IS(user(1), 203);
	((void (*)(int (*)(int)))dlsym(library, "leak_set"))(mine);
	CHECK_IS(main_call(1), 304);
	CHECK_IS(dlclose(library), 0);

	/* Also what comes later is right, and says nothing new. */
	__static_call_maps_left = -1;
	library = dlopen(argv[1], RTLD_NOW);
	CHECK(library);
	*(void **)&user = dlsym(library, "leak_call");
	shared = owner_one;
	CHECK_IS(main_call(1) + user(1), 302 + 202);
	CHECK_IS(stats().patched, 0);
	return 0;
}
