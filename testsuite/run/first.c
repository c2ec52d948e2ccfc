/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * first.c: constructors and destructors of the earliest and the latest priority call and
 * store, in every way, also through an address that has been let out.
 */
#include <unistd.h>

#include "check.h"

typedef int (*target)(int);

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }
static int three(int a) { return a + 3; }

target stored __static_call = one;
target leaked __static_call = one;

/* Escapes, and the compiler does not see where it is stored to. */
target *leak = &leaked;

__attribute__((noipa)) static void check(int value)
{
	CHECK_IS(stored(0) * 10 + leaked(0), value);
}

__attribute__((noipa)) static void set(target func)
{
	stored = func;
	*leak = func;
}

#ifdef LIBRARY
extern target own __static_call;
int own_call(int a);

static target *own_leak = &own;

/* The program has patched this one long ago. */
static void store_to_the_programs(void)
{
	target before = own;

	*own_leak = three;
	CHECK_IS(own_call(1), 104);
	*own_leak = before;
}
#else
static void store_to_the_programs(void) { }
#endif

static int constructed;

static __attribute__((constructor(101))) void early(void)
{
	constructed++;
	store_to_the_programs();
	check(11);
	set(two);
	check(22);
}

static __attribute__((constructor)) void late(void)
{
	constructed++;
	check(22);
	set(three);
	check(33);
}

/* In which order these and what atexit() has been told run, differs. */
static __attribute__((destructor)) void destroy_early(void)
{
	set(three);
	check(33);
}

static __attribute__((destructor(101))) void destroy_late(void)
{
	set(one);
	check(11);
	if (constructed != 2 || write(STDOUT_FILENO, "done\n", 5) != 5)
		_exit(2);
}

static void at_exit(void)
{
	set(two);
	check(22);
}

int first_main(void)
{
	CHECK_IS(constructed, 2);
	check(33);
	set(one);
	check(11);
	CHECK_IS(atexit(at_exit), 0);
	return 0;
}

#ifndef LIBRARY
int main(void)
{
	return first_main();
}
#endif
