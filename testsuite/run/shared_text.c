/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * shared_text.c WHEN: the text is in shared memory, early or later.  What is written
 * there others would execute, too: here a forked child.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sys/wait.h>

#include "deny.h"

#define PAGE	65536	/* no page is larger */

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

DEFINE_STATIC_CALL(op, one);

__attribute__((noipa, aligned(PAGE))) static int call(void) { return op(1) + 100; }
__attribute__((noipa, aligned(PAGE))) static int behind(int a) { return a ^ 77; }

static void share(int prot)
{
	char *page = (char *)(uintptr_t)code_of((void *)call);
	char *shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	CHECK(shared != MAP_FAILED);
	memcpy(shared, page, PAGE);
	CHECK_IS(mprotect(shared, PAGE, prot), 0);
	CHECK(mremap(shared, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, page) == page);
}

static void share_early(int argc, char **argv, char **envp)
{
	(void)envp;
	if (argc > 1 && !strcmp(argv[1], "early"))
		share(PROT_READ | PROT_EXEC);
}

static void (*const first)(int, char **, char **)
	__attribute__((used, section(".preinit_array"))) = share_early;

static int stop;

static void *execute(void *unused)
{
	int value;

	(void)unused;
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		value = call();
		CHECK(value == 102 || value == 103);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	int i, status;
	pthread_t thread;
	pid_t pid;

	CHECK(argc > 1 && behind(0) == 77);
	CHECK_IS(call(), 102);
	if (argc > 2)
		deny(argv[2]);
	CHECK_IS(pthread_create(&thread, NULL, execute, NULL), 0);
	if (!strcmp(argv[1], "later"))
		share(PROT_READ | PROT_EXEC);
	else if (!strcmp(argv[1], "writable"))
		share(PROT_READ | PROT_WRITE | PROT_EXEC);

	/* Parent and child have the page in common, until one of them updates. */
	pid = fork();
	CHECK(pid >= 0);
	if (!pid) {
		op = two;
		_exit(call() == 103 ? 0 : 1);
	}
	CHECK_IS(waitpid(pid, &status, 0), pid);
	CHECK_IS(status, 0);
	CHECK_IS(call(), 102);

	for (i = 0; i < 100; i++) {
		CHECK_IS(static_call_update(op, i & 1 ? one : two), 0);
		CHECK_IS(call(), i & 1 ? 102 : 103);
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(thread, NULL), 0);
	printf("%d\n", (int)stats().patched);
	return 0;
}
