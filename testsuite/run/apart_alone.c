/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * apart_alone.c LIBRARY: a plain program loads what stores; and with it, in a namespace of
 * their own, those who mark.
 */
#define _GNU_SOURCE
#include <dlfcn.h>

#include "apart.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

int main(int argc, char **argv)
{
#ifdef NAMESPACE
	void *library = dlmopen(LM_ID_NEWLM, argv[1], RTLD_NOW);
#else
	void *library = dlopen(argv[1], RTLD_NOW);
#endif
	void (*store)(int, apart_target), (*set)(void);
	int (*call)(int), way;
	apart_target *pointer;

	CHECK(argc == 2);
	if (!library)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(library);
	*(void **)&store = dlsym(library, "store_apart");
	*(void **)&call = dlsym(library, "call_apart");
	*(void **)&set = dlsym(library, "set_apart");
	*(void **)&pointer = dlsym(library, "apart");
	for (way = 0; way < APART_WAYS; way++) {
		if (set)
			set();
		store(way, one);
		CHECK(*pointer == one);
		if (call)
			CHECK_IS(call(1), 102);
		store(way, two);
		CHECK(*pointer == two);
		if (call)
			CHECK_IS(call(1), 103);
	}
	return 0;
}
