/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * torture_dlopen.c ROUNDS LIBRARY...: libraries that call one pointer, or one of
 * their own, are loaded and unloaded while other threads update it and call it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>

#include "check.h"
#include "shared.h"

static unsigned long updates, calls;
static int stop;

__attribute__((noipa)) static int main_call(int a) { return shared(a) + 300; }

static void *execute(void *arg)
{
	int value;

	(void)arg;
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		value = main_call(1) - 300;
		CHECK(value == 2 || value == 3);
		value = owner_call(1) - 100;
		CHECK(value == 2 || value == 3);
		__atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);
	}
	return NULL;
}

static void *update(void *arg)
{
	(void)arg;
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		CHECK_IS(static_call_update(shared, updates % 2 ? owner_one : owner_two), 0);
		CHECK_IS(main_call(1), updates % 2 ? 302 : 303);
		CHECK_IS(owner_call(1), updates % 2 ? 102 : 103);
		__atomic_add_fetch(&updates, 1, __ATOMIC_RELAXED);
	}
	return NULL;
}

static void round_of(const char *path)
{
	void *library = dlopen(path, RTLD_NOW);
	int (*call)(int), (*set)(int), i, value;

	if (!library)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(library);
	*(void **)&call = dlsym(library, "user_call");
	for (i = 0; call && i < 100; i++) {
		value = call(1) - 200;
		CHECK(value == 2 || value == 3);
	}
	*(void **)&set = dlsym(library, "set_private");
	*(void **)&call = dlsym(library, "call_private");
	for (i = 0; set && i < 4; i++) {
		CHECK_IS(set(i % 2), 0);
		CHECK_IS(call(0), 107 + i % 2);
	}
	CHECK_IS(dlclose(library), 0);
}

int main(int argc, char **argv)
{
	unsigned long n = argc > 1 ? strtoul(argv[1], NULL, 10) : 100, i;
	struct static_call_stats before = stats(), now;
	pthread_t executor, updater;

	CHECK(argc > 2);
	CHECK_IS(pthread_create(&executor, NULL, execute, NULL), 0);
	CHECK_IS(pthread_create(&updater, NULL, update, NULL), 0);
	/* On a busy machine until the others have been at work, too. */
	for (i = 0; i < n || (i < 100 * n && !(__atomic_load_n(&updates, __ATOMIC_RELAXED) &&
						__atomic_load_n(&calls, __ATOMIC_RELAXED))); i++)
		round_of(argv[2 + i % (unsigned long)(argc - 2)]);
	n = i;
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(executor, NULL), 0);
	CHECK_IS(pthread_join(updater, NULL), 0);
	now = stats();
	CHECK(now.dsos == before.dsos && now.sites == before.sites && now.keys == before.keys);
	CHECK(updates && calls);
	printf("poke %s, writer %s: %lu loads during %lu updates and %lu rounds of calls, %lu traps\n",
	       now.poke, now.writer, n, updates, calls, (unsigned long)now.traps);
	return 0;
}
