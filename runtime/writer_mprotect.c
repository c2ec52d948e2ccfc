/* SPDX-License-Identifier: MIT */
/*
 * writer_mprotect.c: make the text writable for the length of a batch.
 *
 * Executable it must stay, for others are executing it.  One call a mapping, from the
 * first page that changes to the last one: page by page the kernel would split the
 * mapping in hundreds for good.  A mapping is all changed or not at all, so that what
 * has to be undone is known also when a call has failed.
 *
 * Text that is executed is opened at once.  Anything else between the first and the
 * last page, which most often is of no concern, only when there is a piece in it.
 */
#include <linux/futex.h>
#include <sys/mman.h>

#include "internal.h"

static int protect(const struct mapping *m, int prot)
{
	return (int)sys(SYS_mprotect, m->start, m->end - m->start, prot);
}

static bool can_store_at(uintptr_t at)
{
	static uint32_t nobody;

	return sys(SYS_futex, &nobody, FUTEX_WAKE_OP_PRIVATE, 0, 0, at,
		   FUTEX_OP(FUTEX_OP_ADD, 0, FUTEX_OP_CMP_EQ, 0)) != -EFAULT;
}

/* Asked once, as early as can be, for a key that another thread wants is taken meanwhile. */
static bool has_keys(void)
{
	static enum { UNKNOWN, YES, NO } keys;
	long key;

	if (keys == UNKNOWN) {
		key = sys(SYS_pkey_alloc, 0, 0);
		if (key >= 0)
			sys(SYS_pkey_free, key);
		keys = key >= 0 ? YES : NO;
	}
	return keys == YES;
}

/*
 * A page may be writable and yet not for this thread: pkeys(7).  Or it is a huge one,
 * and there is no other for a copy of it.  A store would raise SIGSEGV or SIGBUS; a
 * system call that does it says so.  It adds 0.
 */
static bool can_store(const struct mapping *m)
{
	uintptr_t at;

	for (at = m->start; m->page > page_size && at < m->end; at += m->page)
		if (!can_store_at(at))
			return false;
	return !has_keys() || can_store_at(m->start);
}

static void put_back(struct mapping *m)
{
	int err = m->changed ? protect(m, m->prot) : 0;

	if (err)
		say("the text from %p to %p stays writable: its protection could not be put back "
		    "(errno %d)", (void *)m->start, (void *)m->end, -err);
	m->open = m->changed = false;
}

static int make_writable(struct mapping *m)
{
	int prot = m->prot | PROT_READ | PROT_WRITE;
	int err;

	/* Before it is: a child that is forked in between is to put it back. */
	m->changed = m->prot != prot;
	err = m->changed ? protect(m, prot) : 0;
	if (err) {
		m->changed = false;
		return because(REASON_MPROTECT, "mprotect() to make the text writable", -err,
			       "a right to memory that is both writable and executable");
	}
	m->open = true;
	if (can_store(m))
		return 0;
	put_back(m);
	return because(REASON_MPROTECT, "a store to the text", EFAULT,
		       "access by the protection key that it has, or a free huge page");
}

static int open_one(struct mapping *m)
{
	if (m->shared)
		return because(REASON_MPROTECT, "text that is mapped shared", EACCES,
			       "a mapping of the process's own");
	return make_writable(m);
}

static void mprotect_close(const struct segment *spans)
{
	struct mapping *m;

	(void)spans;
	for (m = text_first(); m; m = text_next(m))
		put_back(m);
}

static int mprotect_open(const struct segment *spans, bool own)
{
	int err = text_look(spans, own), failed = 0, opened = 0;
	struct mapping *m;

	if (err)
		return err;
	for (m = text_known ? text_first() : NULL; m; m = text_next(m)) {
		if (!(m->prot & PROT_EXEC))
			continue;
		err = open_one(m);
		if (err)
			failed = err;
		else
			opened++;
	}
	if (failed && !opened)
		return failed;
	return opened == (int)text_count() ? 0 : OPEN_IN_PARTS;
}

static int touch_byte(uintptr_t at)
{
	struct mapping *m = text_at(at);

	if (!m)
		return because(REASON_MPROTECT, "text that is not mapped any more", ENOMEM,
			       "the pages of the calls");
	return m->open ? 0 : open_one(m);
}

static int mprotect_touch(uintptr_t at, size_t len)
{
	int err = touch_byte(at);

	return err ? err : touch_byte(at + len - 1);
}

const struct writer writer_mprotect = {
	.name = "mprotect",
	.open = mprotect_open,
	.touch = mprotect_touch,
	.close = mprotect_close,
	.one_store = true,
};
