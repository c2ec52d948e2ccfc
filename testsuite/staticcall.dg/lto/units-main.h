/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first unit of units.h. */
#include "units.h"

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

int (*shared)(int) __static_call = one;
struct ops ops __static_call = { one, one };
int (*escaped)(int) __static_call = one;
static int (*own)(int) __static_call = one;

__attribute__((noinline, noclone)) static int call(int x)
{
	int sum = own(x) + shared(x) + ops.read(x) + escaped(x);

	return sum + 1000;
}

/* A site that is not what it should be.  Of "own" and "local" there are several. */
static int look(const struct static_call_site_info *info, void *arg)
{
	int *seen = arg;

	if (info->escaped != !strcmp(info->name, "escaped")
	    || (info->state == STATIC_CALL_SITE_ON_TRAMP) != info->escaped) {
		printf("%s at %p: state %d\n", info->name, info->addr, info->state);
		return 1;
	}
	++*seen;
	return 0;
}

static int wrong(int here, int there)
{
	int seen = 0, a = call(0) - 1000, b = other_call(0);

	if (static_call_for_each_site(look, &seen) || seen < 9 || a != here || b != there) {
		printf("%d sites, %d is %d, %d is %d\n", seen, a, here, b, there);
		return 1;
	}
	return 0;
}

int main(void)
{
	if (wrong(4, 63))
		return 1;
	shared = two;
	own = two;
	if (wrong(6, 64))
		return 1;
	other_set(two);
	if (wrong(7, 38))
		return 1;
	puts("done");
	return 0;
}
