/* SPDX-License-Identifier: MIT */
/*
 * gather.c: several pieces of a page by one system call.
 *
 * /proc/thread-self/mem takes a system call for each piece, 1.3 us; no call of the kernel's
 * writes to several places of text that is not writable.  (process_vm_writev() asks for a
 * right to write, a vector of pwritev() has one place in the file, and io_uring carries each
 * out by itself, too.)  What a call with several pieces writes is also what lies between them, as
 * it was a moment before, and a change that others have made meanwhile is undone by that.
 * So it is done only where nobody of this process can be changing anything, see unwatched(),
 * and in that moment there is no system call of ours: whoever stops threads before he
 * writes, as debuggers do, would have to stop this one just there.
 *
 * Even so a byte that could be a breakpoint of others is never written: who takes one away just then
 * (the kernel, a uprobe's) would find it back, with nobody to handle it.
 *
 * The pieces of a pass, by page, until the next page that has its place here, or the end of the
 * pass.  Under the lock.
 */
#include <string.h>

#include "internal.h"

#define PAGE		4096ul	/* none is smaller */
#define PAGES		32

#define ALL(byte)	(UINT64_C(0x0101010101010101) * (byte))

typedef uint64_t word __attribute__((may_alias));

/*
 * struct page: what is to be written to the page at @at; to nothing if that is 0.
 * @lo, @hi: all pieces are in between.
 * @ours:    of each byte of @bytes: all bits if it is a piece's, else none.
 */
static struct page {
	uintptr_t at;
	size_t lo, hi;
	uint8_t bytes[PAGE] __attribute__((aligned(8)));
	uint8_t ours[PAGE] __attribute__((aligned(8)));
} pages[PAGES];

/* How many of them are in use. */
static unsigned int pending;

static struct page *page_of(uintptr_t at)
{
	return &pages[at / PAGE % PAGES];
}

static void forget(struct page *page)
{
	if (!page->at)
		return;
	memset(page->ours, 0, sizeof(page->ours));
	page->at = 0;
	pending--;
}

/* gather_forget: what is pending, after an error. */
void gather_forget(void)
{
	unsigned int i;

	for (i = 0; i < PAGES && pending; i++)
		forget(&pages[i]);
}

/* From the first piece to the last one that begin and end there. */
static int write_run(const struct page *page, size_t from, size_t end)
{
	while (from < end && !page->ours[from])
		from++;
	while (from < end && !page->ours[end - 1])
		end--;
	if (from >= end)
		return 0;
	return mem_copy((void *)(page->at + from), page->bytes + from, end - from);
}

/* 0x80 for each byte that is a breakpoint. */
static uint64_t breakpoints(uint64_t bytes)
{
	bytes ^= ALL(ARCH_BREAK);
	return ~(((bytes & ALL(0x7f)) + ALL(0x7f)) | bytes | ALL(0x7f));
}

/* Write what has been gathered from @from to each breakpoint in the word at @i. */
static int cut(const struct page *page, size_t *from, size_t i)
{
	size_t end = i + sizeof(word);
	int err = 0;

	for (; i < end && !err; i++) {
		if (i < *from || page->ours[i] || page->bytes[i] != ARCH_BREAK ||
		    trap_ours(page->at + i))
			continue;
		err = write_run(page, *from, i);
		*from = i + 1;
	}
	return err;
}

static int write_page(struct page *page)
{
	size_t from = page->lo, i;
	uint64_t found, ours;
	word *bytes;
	int err = 0;

	for (i = page->lo & ~(sizeof(word) - 1); i < page->hi && !err; i += sizeof(word)) {
		found = *(const volatile word *)(page->at + i);
		ours = *(const word *)(page->ours + i);
		bytes = (word *)(page->bytes + i);
		*bytes = (*bytes & ours) | (found & ~ours);
		if (breakpoints(found) & ~ours)
			err = cut(page, &from, i);
	}
	return err ? err : write_run(page, from, page->hi);
}

static int flush(struct page *page)
{
	int err = page->at ? write_page(page) : 0;

	forget(page);
	return err;
}

/* gather_flush: 0, or -errno and some of it is written. */
int gather_flush(void)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < PAGES && pending && !err; i++)
		err = flush(&pages[i]);
	return err;
}

static int put(uintptr_t at, const void *bytes, size_t len)
{
	struct page *page = page_of(at);
	size_t offset = at % PAGE;
	int err;

	if (page->at != at - offset) {
		err = flush(page);
		if (err)
			return err;
		pending++;
		page->at = at - offset;
		page->lo = PAGE;
		page->hi = 0;
	}
	memcpy(page->bytes + offset, bytes, len);
	memset(page->ours + offset, 0xff, len);
	if (page->lo > offset)
		page->lo = offset;
	if (page->hi < offset + len)
		page->hi = offset + len;
	return 0;
}

/* gather: have @len bytes at @at written by gather_flush(), or before. */
int gather(uintptr_t at, const void *bytes, size_t len)
{
	size_t room = PAGE - at % PAGE;
	int err;

	if (len <= room)
		return put(at, bytes, len);
	err = put(at, bytes, room);
	return err ? err : put(at + room, (const char *)bytes + room, len - room);
}

/* gather_read: the word as it will be then. */
arch_word_t gather_read(const arch_word_t *at)
{
	const struct page *page = page_of((uintptr_t)at);
	size_t offset = (uintptr_t)at % PAGE;
	arch_word_t now = *at, bytes, ours;

	if (page->at != (uintptr_t)at - offset)
		return now;
	memcpy(&bytes, page->bytes + offset, sizeof(bytes));
	memcpy(&ours, page->ours + offset, sizeof(ours));
	return (bytes & ours) | (now & ~ours);
}
