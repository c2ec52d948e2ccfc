/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * world.c LIBRARY...: worlds of their own, made by dlmopen(), each with a library, and so
 * with another copy of the runtime.  The program has static calls too.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>

#include "check.h"

typedef int (*target)(int);

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }
static target own __static_call = one;

__attribute__((noipa)) static int call(int a) { return own(a) + 100; }

static int handled, raised;

static void on_trap(int sig)
{
	(void)sig;
	__atomic_add_fetch(&handled, 1, __ATOMIC_RELAXED);
}

struct world {
	Lmid_t id;
	void *library;
	target call;
	int (*set)(int which);
	int (*sites)(void);
};

static void enter(struct world *world, const char *path)
{
	world->library = dlmopen(world->id, path, RTLD_NOW);
	if (!world->library)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(world->library);
	CHECK_IS(dlinfo(world->library, RTLD_DI_LMID, &world->id), 0);
	*(void **)&world->call = dlsym(world->library, "world_call");
	*(void **)&world->set = dlsym(world->library, "world_set");
	*(void **)&world->sites = dlsym(world->library, "world_sites");
	CHECK(world->call && world->set && world->sites);
}

static void use(struct world *world, int round)
{
	CHECK_IS(world->set(round % 2), 0);
	CHECK_IS(world->call(1), round % 2 ? 103 : 102);
	CHECK_IS(static_call_update(own, round % 2 ? two : one), 0);
	CHECK_IS(call(1), round % 2 ? 103 : 102);

	/* What is the program's own goes to the program, once. */
	raise(SIGTRAP);
	CHECK_IS(__atomic_load_n(&handled, __ATOMIC_RELAXED), ++raised);
}

/* Meets the breakpoints of all of them, whoever is in front. */
static int stop;

static void *caller(void *arg)
{
	struct world *worlds = arg;
	int i, value;

	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		for (i = 0; i < 3; i++) {
			value = i < 2 ? worlds[i].call(1) : call(1);
			CHECK(value == 102 || value == 103);
		}
	}
	return NULL;
}

int main(int argc, char **argv)
{
	struct world worlds[2] = { { .id = LM_ID_NEWLM }, { .id = LM_ID_NEWLM } };
	struct sigaction action = { .sa_handler = on_trap };
	pthread_t thread;
	int round;

	CHECK(argc == 3);
	CHECK_IS(sigaction(SIGTRAP, &action, NULL), 0);
	enter(&worlds[0], argv[1]);
	enter(&worlds[1], argv[1]);
	CHECK_IS(pthread_create(&thread, NULL, caller, worlds), 0);
	for (round = 0; round < 200; round++)
		use(&worlds[round * round % 7 % 2], round);
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK_IS(pthread_join(thread, NULL), 0);

	/* After it has gone nothing of it is left, and another one may come to its place. */
	for (round = 0; round < 10; round++) {
		use(&worlds[0], 1);
		CHECK_IS(worlds[0].sites(), 1);
		CHECK_IS(dlclose(worlds[0].library), 0);
		enter(&worlds[0], argv[1 + round % 2]);
		CHECK_IS(worlds[0].sites(), 1);
		CHECK_IS(worlds[0].call(1), 102);
		use(&worlds[0], 1);
		use(&worlds[0], 0);
		use(&worlds[1], round);
	}
	return 0;
}
