/* SPDX-License-Identifier: GPL-2.0-or-later */
/* depend.c LIBRARY HOW: load a library that needs another one, and close it, or exit. */
#include <dlfcn.h>

#include "check.h"

static int none(const struct static_call_site_info *info, void *arg)
{
	(void)info;
	(void)arg;
	return 1;
}

int main(int argc, char **argv)
{
	void *library;

	CHECK(argc == 3);
	library = dlopen(argv[1], RTLD_NOW);
	if (!library)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(library);
	CHECK_IS(((int (*)(void))dlsym(library, "depend_start"))(), 102);
#ifndef __powerpc64__	/* where another library's functions have another TOC */
	CHECK(stats().patched > 0);
#endif
	if (!strcmp(argv[2], "close")) {
		CHECK_IS(dlclose(library), 0);
		CHECK_IS(static_call_for_each_site(none, NULL), 0);
		CHECK_IS(stats().dsos, 0);
	}
	return 0;
}
