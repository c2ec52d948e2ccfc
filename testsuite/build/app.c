/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A user's program: prints what two updates changed, and how its sites stand. */
#include <staticcall.h>
#include <stdio.h>
#include <stdlib.h>

#ifndef __STATIC_CALL_PLUGIN__
#error "compiled without the plugin"
#endif

#ifdef IN_LIBRARY
int library_calls(int n);
#else
static int library_calls(int n) { return n + 100; }
#endif

#ifndef IN_ARCHIVE
static int add(int n) { return n + 1; }
#endif
static int sub(int n) { return n - 1; }

#ifdef IN_ARCHIVE
extern int (*op)(int) __static_call;
#else
static int (*op)(int) __static_call = add;
#endif

static __attribute__((noinline)) int call(int n)
{
	return op(n) * 2;
}

int main(void)
{
	struct static_call_stats stats;
	int first = call(10);

	op = sub;
	int second = call(10);

	if (static_call_stats(&stats))
		abort();
	printf("%d %d %d, %s\n", first, second, library_calls(5),
	       stats.sites && stats.patched == stats.sites ? "patched" : "not patched");
	return 0;
}
