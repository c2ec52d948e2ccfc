/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * huge.c private|shared: the program has put a huge page in the place of its text, as
 * some do for speed.  Linked so that the text begins with one.
 */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

#define HUGE	((size_t)2 << 20)

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

__attribute__((noipa, aligned(4096))) static int call(void) { return op(1) + 100; }
__attribute__((noipa, aligned(4096))) static int call_too(void) { return op(1) + 200; }

extern char __executable_start[], etext[];

static void move(int flags)
{
	char *text = (char *)((uintptr_t)call & ~(HUGE - 1)), *page;

	CHECK(text >= __executable_start && etext <= text + HUGE);
	page = mmap(NULL, HUGE, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	if (page == MAP_FAILED) {
		puts("no huge page");
		exit(0);
	}
	memcpy(page, text, (size_t)(etext - text));
	CHECK_IS(mprotect(page, HUGE, PROT_READ | PROT_EXEC), 0);
	CHECK(mremap(page, HUGE, HUGE, MREMAP_MAYMOVE | MREMAP_FIXED, text) == text);
}

static void check_updates(void)
{
	int i;

	for (i = 0; i < 20; i++) {
		CHECK_IS(static_call_update(op, two), 0);
		CHECK_IS(call() + call_too(), 103 + 203);
		op = one;
		CHECK_IS(call() + call_too(), 102 + 202);
	}
	CHECK_IS(site_in(call, "op").state, STATIC_CALL_SITE_DIRECT);
}

int main(int argc, char **argv)
{
	int status;
	pid_t pid;

	CHECK(argc > 1);
	CHECK_IS(call() + call_too(), 102 + 202);
	move(strcmp(argv[1], "shared") ? MAP_PRIVATE : MAP_SHARED);
	check_updates();
	/* A copy of the page for the child, too, if there is one. */
	pid = fork();
	CHECK(pid >= 0);
	if (!pid) {
		op = two;
		_exit(call() == 103 ? 0 : 1);
	}
	CHECK_IS(waitpid(pid, &status, 0), pid);
	CHECK_IS(status, 0);
	check_updates();
	puts("done");
	return 0;
}
