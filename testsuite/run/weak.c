/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * weak.c [LIBRARY]: pointers that nobody defines.  Built as a library too, which the
 * program loads.
 */
#include "check.h"

struct hooks {
	int (*before)(int);
	int (*after)(int);
};

extern struct hooks hooks __attribute__((weak)) __static_call;
extern int (*hook)(int) __attribute__((weak)) __static_call;

static int one(int a) { return a + 1; }
static int (*present)(int) __static_call = one;

__attribute__((noipa)) int work(int a)
{
	if (&hooks) {
		a = hooks.before(a);
		return hooks.after(a) + 1;
	}
	if (&hook)
		return hook(a) + 2;
	return present(a) + 100;
}

#ifndef LIBRARY
# ifdef LOADS
#  include <dlfcn.h>
# endif

static int show(const struct static_call_site_info *info, void *arg)
{
	int absent = !!strcmp(info->name, "present");

	CHECK_IS(info->escaped, absent);
	CHECK_IS(info->state, absent ? STATIC_CALL_SITE_ON_TRAMP : STATIC_CALL_SITE_DIRECT);
	if (absent)
		CHECK(!info->target && (uintptr_t)info->slot < sizeof(hooks));
	++*(int *)arg;
	return 0;
}

int main(int argc, char **argv)
{
	int n = 0;

	(void)argv;
	CHECK_IS(work(7), 108);
# ifdef LOADS
	if (argc > 1) {
		void *library = dlopen(argv[1], RTLD_NOW);

		CHECK(library);
		CHECK_IS(((int (*)(int))dlsym(library, "work"))(7), 108);
		CHECK_IS(static_call_for_each_site(show, &n), 0);
		CHECK_IS(n, 8);
		CHECK_IS(dlclose(library), 0);
		n = 0;
	}
# endif
	CHECK_IS(static_call_for_each_site(show, &n), 0);
	CHECK_IS(n, 4);
	CHECK_IS(stats().keys, 4);
	CHECK_IS(stats().escaped, 3);
	if (argc > 9)
		hook = one;
	return 0;
}
#endif
