/* SPDX-License-Identifier: MIT */
/*
 * writer_mprotect.c: make the text writable for the length of a batch.
 *
 * Executable it must stay, for others are executing it.  One call a segment,
 * from the first page that changes to the last one: page by page the kernel
 * would split the mapping in hundreds for good.
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"

/* The system call: a libc function may be interposed, and be full of sites. */
static int protect(const struct segment *span, int prot)
{
	uintptr_t lo = page_down(span->lo);

	return syscall(SYS_mprotect, lo, page_up(span->hi) - lo, prot) ? -errno : 0;
}

static void restore(const struct segment *spans, const struct segment *end)
{
	for (; spans != end; spans = spans->todo)
		if (protect(spans, spans->prot))
			say("the text at %p stays writable: its protection could not be restored "
			    "(errno %d)", (void *)spans->lo, errno);
}

static int mprotect_open(const struct segment *spans)
{
	const struct segment *span;
	int err;

	for (span = spans; span; span = span->todo) {
		err = protect(span, PROT_READ | PROT_WRITE | PROT_EXEC);
		if (err) {
			restore(spans, span);
			return because(REASON_MPROTECT, "mprotect() to make the text writable",
				       -err, "a right to memory that is both writable and "
				       "executable");
		}
	}
	return 0;
}

static void mprotect_close(const struct segment *spans)
{
	restore(spans, NULL);
}

const struct writer writer_mprotect = {
	.name = "mprotect",
	.open = mprotect_open,
	.close = mprotect_close,
	.one_store = true,
};
