/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * former.c LIBRARY: a breakpoint of the program's own where a library has had a site, that
 * has been unloaded.
 */
#include <dlfcn.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"

static volatile int handled;

static void on_trap(int sig)
{
	(void)sig;
	handled++;
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = on_trap };
	uintptr_t page_size = (uintptr_t)sysconf(_SC_PAGESIZE), page;
	unsigned char *at, *mem;
	void *library;
	int before;

	CHECK(argc == 2);
	CHECK_IS(sigaction(SIGTRAP, &action, NULL), 0);
	library = dlopen(argv[1], RTLD_NOW);
	CHECK(library);
	CHECK_IS(((int (*)(int))dlsym(library, "world_set"))(1), 0);
	at = (unsigned char *)(uintptr_t)site_in(dlsym(library, "world_call"), "fp").addr;
	CHECK_IS(dlclose(library), 0);
	CHECK_IS(stats().sites, 0);

	/* Each byte is a breakpoint, of which three are executed. */
	page = (uintptr_t)at & ~(page_size - 1);
	mem = mmap((void *)page, 2 * page_size, PROT_READ | PROT_WRITE | PROT_EXEC,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	CHECK(mem == (void *)page);
	memset(mem, 0xcc, 2 * page_size);
	memset(at + 1, 0xc3, 16);
	before = handled;
	((void (*)(void))(at - 2))();
	CHECK_IS(handled - before, 3);
	return 0;
}
