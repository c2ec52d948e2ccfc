/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stranger.c LIBRARY: a program that knows nothing of static calls has a pointer; a
 * library that does calls it.  Compiled without the plugin.
 */
#include <dlfcn.h>

#include "stranger.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

int (*stranger)(int) = one;

int main(int argc, char **argv)
{
	void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW) : NULL;
	int (*call)(int);
	void (*set)(void);
	int i;

	CHECK(library);
	*(void **)&call = dlsym(library, "call_stranger");
	*(void **)&set = dlsym(library, "set_stranger");
	CHECK(call && set);
	for (i = 0; i < 3; i++) {
		set();
		CHECK_IS(call(1), 104);
		stranger = one;
		CHECK_IS(call(1), 102);
		CHECK_IS(static_call_update(stranger, two), 0);
		CHECK_IS(call(1), 103);
	}
	return 0;
}
