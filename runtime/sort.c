/* SPDX-License-Identifier: MIT */
/*
 * sort.c: heap sort: in place, never slow, and without the malloc() of qsort().
 */
#include "internal.h"

/* Large enough for what is sorted here. */
#define ITEM_MAX	16

struct items {
	char *base;
	size_t size;
	bool (*below)(const void *a, const void *b);
};

static char *item(const struct items *items, size_t n)
{
	return items->base + n * items->size;
}

static void sift(const struct items *items, size_t root, size_t n)
{
	char moved[ITEM_MAX] __attribute__((aligned(ITEM_MAX)));
	size_t child;

	__builtin_memcpy(moved, item(items, root), items->size);
	while ((child = 2 * root + 1) < n) {
		if (child + 1 < n && items->below(item(items, child), item(items, child + 1)))
			child++;
		if (!items->below(moved, item(items, child)))
			break;
		__builtin_memcpy(item(items, root), item(items, child), items->size);
		root = child;
	}
	__builtin_memcpy(item(items, root), moved, items->size);
}

/* sort: @n items of @size bytes each, ascending. */
void sort(void *base, size_t n, size_t size, bool (*below)(const void *a, const void *b))
{
	const struct items items = { base, size, below };
	char last[ITEM_MAX];
	size_t i;

	for (i = n / 2; i-- > 0;)
		sift(&items, i, n);
	for (i = n; i-- > 1;) {
		__builtin_memcpy(last, item(&items, i), size);
		__builtin_memcpy(item(&items, i), base, size);
		__builtin_memcpy(base, last, size);
		sift(&items, 0, i);
	}
}
