/* SPDX-License-Identifier: MIT */
/*
 * text.c: what the text is mapped as, when an update is about to change it.
 *
 * It is read anew for each update, because a program may do to its text what it
 * likes: protect pages in its own way, by keys too, unmap some, seal some (mseal(2)),
 * put huge pages or shared memory in their place.  A writer changes only what has a
 * piece in it, and what it had to change it puts back as it was, not as the file said.
 *
 * Where nothing can be read, without /proc, the file's word is all that there is, and
 * only pages with a piece in them are touched.
 *
 * What is not mapped is executed by nobody: a piece there is passed over, see walk.h.
 */
#include <sys/mman.h>

#include "internal.h"

/* Of all spans, the mappings in them, no wider than the span in whole pages of theirs. */
static struct mapping at_first[64], *table = at_first;
static size_t ntable, capacity = sizeof(at_first) / sizeof(at_first[0]);

bool text_holes, text_known;

static int grow(void)
{
	size_t size = capacity * sizeof(*table);
	struct mapping *grown, *old = table;

	grown = map_memory(2 * size);
	if (!grown)
		return -ENOMEM;
	__builtin_memcpy(grown, table, size);
	/* In this order: a child that is forked in between reads the table, too. */
	table = grown;
	capacity *= 2;
	if (old != at_first)
		unmap_memory(old, size);
	return 0;
}

static int add(const struct mapping *m, void *arg)
{
	const struct segment *span = arg;
	uintptr_t page = m->page > page_size ? m->page : page_size;
	uintptr_t lo = span->lo & ~(page - 1), hi = (span->hi + page - 1) & ~(page - 1);

	if (ntable == capacity && grow())
		return -ENOMEM;
	table[ntable] = *m;
	table[ntable].page = page;
	if (table[ntable].start < lo)
		table[ntable].start = lo;
	if (table[ntable].end > hi)
		table[ntable].end = hi;
	ntable++;
	return 0;
}

static bool lies_in(uintptr_t at, const struct mapping *m)
{
	return m < table + ntable && at >= m->start && at < m->end;
}

/* text_at: the one that @at lies in, or NULL; most often that of the call before. */
struct mapping *text_at(uintptr_t at)
{
	static size_t last;
	struct mapping *m = table + last;

	if (lies_in(at, m))
		return m;
	for (m = table; m < table + ntable; m++) {
		if (lies_in(at, m)) {
			last = (size_t)(m - table);
			return m;
		}
	}
	return NULL;
}

static bool covers(const struct segment *spans)
{
	const struct segment *span;
	const struct mapping *m;
	uintptr_t at;

	for (span = spans; span; span = span->todo)
		for (at = span->lo; at < span->hi; at = m->end) {
			m = text_at(at);
			if (!m)
				return false;
		}
	return true;
}

static int read_maps(void *spans)
{
	struct segment *span;
	int fd = maps_open(), err = 0;

	if (fd < 0)
		return fd;
	ntable = 0;
	for (span = spans; span && !err; span = span->todo)
		err = maps_each(fd, page_down(span->lo), page_up(span->hi), add, span);
	return file_close(fd) ? err : -EBADF;
}

static bool is_mapped(uintptr_t page)
{
	unsigned char resident;

	return sys(SYS_mincore, page, page_size, &resident) != -ENOMEM;
}

/* Each page by itself, as the file has it: those without a piece are left alone. */
static __attribute__((noinline)) int believe_file(struct segment *spans)
{
	struct segment *span;
	uintptr_t page;
	int err = 0;

	ntable = 0;
	for (span = spans; span && !err; span = span->todo)
		for (page = page_down(span->lo); page < span->hi && !err; page += page_size)
			if (is_mapped(page))
				err = add(&(struct mapping){ .start = page, .end = page + page_size,
							     .prot = span->prot }, span);
	return err;
}

static __attribute__((noinline)) void own_all(void)
{
	struct mapping *m;

	for (m = table; m < table + ntable; m++)
		if (m->shared && !replace_pages(m->start, m->end, m->prot))
			m->shared = false;
}

/*
 * text_look: what @spans are mapped as; -ENOMEM if that is too much, -EBUSY if others have
 * closed what it is read from.  Under the lock.
 *
 * @own: what is mapped shared is replaced by a copy of the process's own.
 */
int text_look(const struct segment *spans, bool own)
{
	struct segment *list = (struct segment *)(uintptr_t)spans;
	int err = with_descriptor(read_maps, list);

	text_known = !err;
	if (err == -EBADF)
		return -EBUSY;
	if (err && err != -ENOMEM) {
		debug("/proc/thread-self/maps cannot be read: %s", error_name(-err));
		err = believe_file(list);
	}
	if (own && !err)
		own_all();
	text_holes = !covers(spans);
	return err;
}

/* text_first, text_next: the mappings that have been found. */
struct mapping *text_first(void)
{
	return text_next(table - 1);
}

struct mapping *text_next(struct mapping *m)
{
	return ++m < table + ntable ? m : NULL;
}

size_t text_count(void)
{
	return ntable;
}
