/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An allocator of the program's own sets a pointer, in front of whose call it stands. */
/* { dg-do run } */
#include <stdlib.h>
#include <string.h>
#include <staticcall.h>

static int old(void *p)
{
	return p != NULL;
}

static int set(void *p)
{
	return 2 + (p != NULL);
}

int (*hook)(void *) __static_call = old;
int armed;

static char pool[1 << 16] __attribute__((aligned(64)));
static size_t used;

__attribute__((noipa)) void *malloc(size_t size)
{
	void *p = pool + used;

	used += (size + 63) / 64 * 64;
	if (used > sizeof(pool))
		abort();
	if (armed)
		hook = set;
	return p;
}

__attribute__((noipa)) void free(void *p)
{
	(void)p;
}

__attribute__((noipa)) static int guarded(void)
{
	if (hook) {
		void *p = malloc(1);

		return hook(p) & 1;
	}
	return 0;
}

int main(void)
{
	int first;

	armed = 1;
	first = hook(malloc(10));
	armed = 0;
	if (first != 1 || hook(pool) != 3)
		return 1;
	hook = old;
	armed = 1;
	first = hook(strdup("x"));
	armed = 0;
	if (first != 1 || hook(pool) != 3)
		return 2;
	return guarded() == 1 ? 0 : 3;
}
