/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * apart.c [LIBRARY...]: whoever marks the pointers never calls an old target, whoever else
 * stores to them, and whenever that one comes.
 *
 * Libraries are loaded one after another; a name that begins with '+' is, too, and its
 * symbols are for all.  PATCHED: are the calls patched before the last one comes?
 * UNTOUCHED: they are at the end.
 */
#define _GNU_SOURCE
#include <dlfcn.h>

#include "apart.h"

#ifdef OWNER
apart_target apart APART;
struct apart apart_object APART;
#endif

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

static struct {
	int (*call)(int), (*member)(int), (*patched)(void);
	void (*set)(void), (*store)(int, apart_target);
} fn;

static void find(void *library)
{
	void *symbol;

	if ((symbol = dlsym(library, "call_apart")))
		*(void **)&fn.call = symbol;
	if ((symbol = dlsym(library, "call_member")))
		*(void **)&fn.member = symbol;
	if ((symbol = dlsym(library, "apart_is_patched")))
		*(void **)&fn.patched = symbol;
	if ((symbol = dlsym(library, "set_apart")))
		*(void **)&fn.set = symbol;
	if ((symbol = dlsym(library, "store_apart")))
		*(void **)&fn.store = symbol;
}

static void load(const char *name)
{
	int global = *name == '+';
	void *library = dlopen(name + global, RTLD_NOW | (global ? RTLD_GLOBAL : RTLD_LOCAL));

	if (!library)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(library);
	find(library);
}

static void try(void)
{
	int way;

	for (way = 0; way < APART_WAYS; way++) {
		fn.set();
		CHECK_IS(fn.call(1), 104);
		CHECK_IS(fn.member(1), 104);
		fn.store(way, one);
		CHECK_IS(fn.call(1), 102);
		CHECK_IS(fn.member(1), 102);
		fn.store(way, two);
		CHECK_IS(fn.call(1), 103);
		CHECK_IS(fn.member(1), 103);
	}
}

int main(int argc, char **argv)
{
	int i;

	find(RTLD_DEFAULT);
	for (i = 1; i < argc; i++) {
		if (fn.set) {
			fn.set();
			CHECK_IS(fn.call(1), 104);
			CHECK_IS(fn.member(1), 104);
		}
		if (i == argc - 1 && getenv("PATCHED"))
			CHECK_IS(fn.patched(), atoi(getenv("PATCHED")));
		load(argv[i]);
	}
	CHECK(fn.call && fn.member && fn.set);
	if (fn.store)
		try();
	fn.set();
	CHECK_IS(fn.patched(), getenv("UNTOUCHED") != NULL);
	return 0;
}
