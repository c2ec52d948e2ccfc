/* SPDX-License-Identifier: MIT */
/*
 * writer_replace.c: put changed copies of pages in the place of the text.
 *
 * For an assignment that nobody else can carry out, as in a jail without /proc where
 * no text may be made writable, and for calls that cross words where a breakpoint would
 * end the process, see blocked.c: no page is ever writable and executable, and neither
 * a file nor a descriptor is needed.  But the text then belongs to no file: what it
 * costs in memory is never given back, and profilers find no names for it.
 *
 * Pages change as a whole, so a word in them does.  Everything that can fail does
 * so before anything has changed: the text becomes a copy, and the next copy, in
 * which changes are collected, is there.
 */
#define _GNU_SOURCE
#include <string.h>
#include <sys/mman.h>

#include "internal.h"

/* The copy in which @m's changes are collected, made if there is none. */
static int prepare(struct mapping *m)
{
	size_t size = m->end - m->start;
	int err;

	if (m->copy)
		return 0;
	err = replace_pages(m->start, m->end, m->prot);
	if (err)
		return err;
	m->copy = pages_new(size);
	if (!m->copy)
		return because(REASON_REPLACE, "a copy of the text", ENOMEM, "memory");
	memcpy(m->copy, (const void *)m->start, size);
	return 0;
}

static int replace_open(const struct segment *spans, bool own)
{
	int err = text_look(spans, own);

	return err ? err : OPEN_IN_PARTS;
}

static void replace_close(const struct segment *spans)
{
	struct mapping *m;

	(void)spans;
	for (m = text_first(); m; m = text_next(m)) {
		if (m->copy)
			unmap_memory(m->copy, m->end - m->start);
		m->copy = NULL;
	}
}

static int touch_byte(uintptr_t at)
{
	struct mapping *m = text_at(at);

	if (!m || m->shared)
		return because(REASON_REPLACE, "text that is not mapped any more, or shared", EACCES,
			       "text that is mapped privately");
	return prepare(m);
}

static int replace_touch(uintptr_t at, size_t len)
{
	int err = touch_byte(at);

	return err ? err : touch_byte(at + len - 1);
}

static uint8_t *in_copy(struct mapping *m, uintptr_t at)
{
	return (uint8_t *)m->copy + (at - m->start);
}

static int replace_write(uintptr_t at, const void *bytes, size_t len)
{
	const uint8_t *from = bytes;
	struct mapping *m;
	size_t part;

	for (; len; at += part, from += part, len -= part) {
		m = text_at(at);
		part = len < m->end - at ? len : m->end - at;
		memcpy(in_copy(m, at), from, part);
		m->changed = true;
	}
	return 0;
}

static arch_word_t replace_read(const arch_word_t *word)
{
	uintptr_t at = (uintptr_t)word;
	arch_word_t value;

	memcpy(&value, in_copy(text_at(at), at), sizeof(value));
	return value;
}

static int replace_flush(void)
{
	struct mapping *m;
	int err;

	for (m = text_first(); m; m = text_next(m)) {
		if (!m->changed)
			continue;
		err = pages_put(m->copy, m->start, m->end - m->start, m->prot);
		if (err)
			return err;
		memcpy(m->copy, (const void *)m->start, m->end - m->start);
		m->changed = false;
	}
	return 0;
}

const struct writer writer_replace = {
	.name = "replace",
	.open = replace_open,
	.touch = replace_touch,
	.write = replace_write,
	.read = replace_read,
	.flush = replace_flush,
	.close = replace_close,
	.one_store = true,
	.whole = true,
};
