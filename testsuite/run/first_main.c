/* SPDX-License-Identifier: GPL-2.0-or-later */
/* first_main.c LIBRARY HOW: loads first.c as a library, and closes it, or exits with it. */
#include <dlfcn.h>

#include "check.h"

typedef int (*target)(int);

static int one(int a) { return a + 1; }
target own __static_call = one;

int own_call(int a);

__attribute__((noipa)) int own_call(int a) { return own(a) + 100; }

int main(int argc, char **argv)
{
	void *library;

	CHECK(argc == 3);
	CHECK_IS(own_call(1), 102);
	library = dlopen(argv[1], RTLD_NOW);
	if (!library)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(library);
	CHECK_IS(((int (*)(void))dlsym(library, "first_main"))(), 0);
	if (!strcmp(argv[2], "close"))
		CHECK_IS(dlclose(library), 0);
	CHECK_IS(own_call(1), 102);
	return 0;
}
