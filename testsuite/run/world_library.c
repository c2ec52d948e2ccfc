/* SPDX-License-Identifier: GPL-2.0-or-later */
/* world_library.c: a library for world.c; with -DPAD its code lies elsewhere in it. */
#include "staticcall.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }
static int (*fp)(int) __static_call = one;

#ifdef PAD
__asm__(".text\n.skip 64, 0x90\n");
#endif

int world_call(int a) { return fp(a) + 100; }
int world_set(int which) { return static_call_update(fp, which ? two : one); }

static int count(const struct static_call_site_info *info, void *arg)
{
	*(int *)arg += info->target == (void *)one || info->target == (void *)two;
	return 0;
}

int world_sites(void)
{
	int n = 0;

	return static_call_for_each_site(count, &n) ? -1 : n;
}
