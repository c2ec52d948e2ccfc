/* SPDX-License-Identifier: MIT */
/*
 * writer_mem.c: write through /proc/thread-self/mem, which needs no writable mapping.
 *
 * It works where a process may not have memory that is writable and
 * executable: under PR_SET_MDWE, a filter of system calls, or mseal().  It does
 * not in a process that is not dumpable, without /proc, or where the kernel
 * was started with proc_mem.force_override=never.
 *
 * The file is opened for each batch: a descriptor that is kept would write to
 * the parent's memory after fork(), and to anything at all after a program has
 * closed what it does not know and opened something else.
 *
 * Each piece is written by a call of its own, and nothing in between: to write back
 * what was read of it before would undo what a debugger, or the kernel for a uprobe,
 * has put there meanwhile.  That takes 1.3 us a piece.  So in a batch of many, when the first
 * of them have been written so, it is asked whether there is anybody who could: see gather.c.
 *
 * Where there are other threads, one of them could just be about to put a file of its own at the
 * number that this one has, and have it written to.  There the pieces of a pass are collected,
 * and written by a thread that shares its descriptors with nobody, which lives as long as the
 * batch: see apart.c.
 *
 * The kernel's copy is not documented to store an aligned
 * word at once, so unless told to nobody changes whole words by this writer.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/uio.h>

#include "internal.h"

#define PAGE_LEAST	4096ul
#define PAGES		64

/* Pages that this batch has proven, each at its one place; under the lock. */
static uintptr_t touched[PAGES];

static int fd = -1;

/*
 * How many pieces have come in this pass, and how many are written each by itself in any case.
 * Are those behind them gathered?  That is asked once a batch.
 */
static unsigned int pieces;
#define SINGLE	64
static bool gathering, asked;

/* What is written by a thread that is apart, some at a time. */
struct later {
	uintptr_t at;
	uint32_t len;
	uint8_t bytes[16];
};

static struct later queue[128];
static unsigned int queued;
static bool collects;

/* Not of the first thread, /proc/self, which may have ended before the others: its memory is gone. */
static const char mem_path[] = "/proc/thread-self/mem";

static const char *needs(int err)
{
	switch (err) {
	case ENOENT:
	case ENOTDIR:
		return "a /proc of this process's namespaces";
	case EMFILE:
		return "a free descriptor, see RLIMIT_NOFILE";
	case ENFILE:
		return "a free descriptor, see /proc/sys/fs/file-max";
	default:
		return "a process that is dumpable, and no filter or policy against it";
	}
}

static void close_mem(void)
{
	if (fd >= 0)
		file_close(fd);
	fd = -1;
}

/* mem_forked: what is open is the parent's memory; the child's is opened with its next write. */
void mem_forked(void)
{
	fd = -1;
}

/*
 * Is it this process's memory?  In a jail anything may stand there, and what is of
 * another process may hold what this one holds.  So a number of ours is read through
 * it, and once more when it is another one.
 */
static bool is_ours(void)
{
	static volatile uint64_t number;
	struct iovec vec;
	uint64_t seen;
	unsigned int i;

	number = (uint64_t)sys(SYS_gettid) << 32 | (uint32_t)(uintptr_t)&seen;
	for (i = 0; i < 2; i++) {
		number = ~number;
		vec = (struct iovec){ &seen, sizeof(seen) };
		if (sys(SYS_preadv, fd, &vec, 1, &number, 0) != (long)sizeof(seen) ||
		    seen != number)
			return false;
	}
	return true;
}

static int open_mem(void)
{
	fd = file_open(AT_FDCWD, mem_path, O_RDWR | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return because(REASON_MEM, mem_path, -fd, needs(-fd));
	if (is_ours())
		return 0;
	close_mem();
	return because(REASON_MEM, "/proc/thread-self/mem is not this process's memory", EXDEV,
		       needs(ENOENT));
}

static int open_job(void *unused)
{
	(void)unused;
	return open_mem();
}

/*
 * Where there are others, or no descriptor is left, by a thread that is apart.
 *
 * @must: in this process's own table, if there can be no thread, for there is no other way.
 */
static int begin(bool must)
{
	int err = 0;

	queued = 0;
	if (!alone())
		err = apart_begin();
	if (!err || must)
		err = apart(open_job, NULL);
	if (err == -EMFILE && !apart_begun() && !apart_begin())
		err = apart(open_job, NULL);
	collects = apart_begun();
	if (err)
		apart_end();
	/* Of files that all processes have open there may be too many for a moment. */
	return err == -ENFILE ? -EBUSY : err;
}

static void end(void)
{
	if (!apart_end())
		close_mem();
	fd = -1;
}

static void mem_close(const struct segment *spans)
{
	(void)spans;
	end();
}

static int mem_open(const struct segment *spans, bool own)
{
	int err = begin(false);
	unsigned int i;

	if (err)
		return err;
	err = text_look(spans, own);
	if (err) {
		end();
		return err;
	}
	for (i = 0; i < PAGES; i++)
		touched[i] = 0;
	gather_forget();
	gathering = asked = false;
	pieces = 0;
	return OPEN_IN_PARTS;
}

struct write {
	uintptr_t at;
	const uint8_t *bytes;
	size_t len;
};

static int write_open(const struct write *w)
{
	int err = fd < 0 ? open_mem() : 0;	/* see mem_forked() */
	struct iovec vec;
	size_t done;
	long n;

	if (err)
		return err;
	for (done = 0; done < w->len; done += (size_t)n) {
		vec = (struct iovec){ (void *)(uintptr_t)(w->bytes + done), w->len - done };
		/* Unlike pwrite64() it is called alike on all architectures. */
		n = sys(SYS_pwritev, fd, &vec, 1, w->at + done, 0);
		if (n <= 0)
			return because(REASON_MEM, "a write to /proc/thread-self/mem",
				       n < 0 ? (int)-n : EIO,
				       "text that is mapped privately, and a kernel without "
				       "proc_mem.force_override");
	}
	return 0;
}

static int write_queue(void *unused)
{
	unsigned int i;
	int err = 0;

	(void)unused;
	for (i = 0; i < queued && !err; i++)
		err = write_open(&(struct write){ queue[i].at, queue[i].bytes, queue[i].len });
	return err;
}

static int flush_queue(void)
{
	int err = queued ? apart(write_queue, NULL) : 0;

	queued = 0;
	return err;
}

static int write_later(uintptr_t at, const uint8_t *bytes, size_t len)
{
	struct later *later;
	int err = 0;

	for (; len && !err; at += later->len, bytes += later->len, len -= later->len) {
		later = &queue[queued++];
		later->at = at;
		later->len = len < sizeof(later->bytes) ? len : sizeof(later->bytes);
		memcpy(later->bytes, bytes, later->len);
		if (queued == sizeof(queue) / sizeof(queue[0]))
			err = flush_queue();
	}
	return err;
}

static int write_all(uintptr_t at, const uint8_t *bytes, size_t len)
{
	if (collects)
		return write_later(at, bytes, len);
	return write_open(&(struct write){ at, bytes, len });
}

static int write_job(void *w)
{
	return write_open(w);
}

/* mem_copy: to memory of this process that is not writable, now; in a batch or not. */
int mem_copy(void *to, const void *from, size_t len)
{
	struct write w = { (uintptr_t)to, from, len };
	int err;

	if (fd >= 0)
		return apart(write_job, &w);
	err = begin(true);
	if (err)
		return err;
	err = apart(write_job, &w);
	end();
	return err;
}

/* The word as it will be when the queue has been written. */
static arch_word_t mem_read(const arch_word_t *word)
{
	arch_word_t value = gather_read(word);
	uint8_t *bytes = (uint8_t *)&value;
	uintptr_t start = (uintptr_t)word, end = start + sizeof(value);
	unsigned int i, n;

	for (i = 0; i < queued; i++) {
		if (queue[i].at >= end || queue[i].at + queue[i].len <= start)
			continue;
		for (n = 0; n < queue[i].len; n++)
			if (queue[i].at + n - start < sizeof(value))
				bytes[queue[i].at + n - start] = queue[i].bytes[n];
	}
	return value;
}

static unsigned int place(uintptr_t at)
{
	return at / PAGE_LEAST % PAGES;
}

/*
 * A page may be such that it can be executed and not read, by mprotect(2) or pkeys(7);
 * a system call that reads there says so.
 */
static bool can_load(uintptr_t at)
{
	const struct sys_timespec now = { 0, 0 };

	return sys(SYS_futex, at & ~(uintptr_t)3, FUTEX_WAIT_PRIVATE, 0, &now) != -EFAULT;
}

static int touch_byte(uintptr_t at)
{
	uintptr_t page = at & ~(PAGE_LEAST - 1);
	const struct mapping *m;
	uint8_t same;

	if (touched[place(at)] == page)
		return 0;
	m = text_at(at);
	if (!m || m->shared || !can_load(at))
		return because(REASON_MEM, "text that is not mapped, or shared, or not to be read",
			       EACCES, "readable pages of the process's own");
	same = *(const volatile uint8_t *)at;
	touched[place(at)] = page;
	return write_all(at, &same, 1);
}

/* Writing a byte as it is makes the page the process's own, if that can be. */
static int mem_touch(uintptr_t at, size_t len)
{
	int err = touch_byte(at);

	return err ? err : touch_byte(at + len - 1);
}

static int mem_write(uintptr_t at, const void *bytes, size_t len)
{
	/* Where a breakpoint is no byte nobody looks for those of others in between. */
	if (!ARCH_BREAK || pieces++ < SINGLE)
		return write_all(at, bytes, len);
	if (!asked)
		gathering = unwatched();
	asked = true;
	return gathering ? gather(at, bytes, len) : write_all(at, bytes, len);
}

static int mem_flush(void)
{
	int err = flush_queue();

	pieces = 0;
	return err ? err : gather_flush();
}

const struct writer writer_mem = {
	.name = "mem",
	.open = mem_open,
	.touch = mem_touch,
	.write = mem_write,
	.read = mem_read,
	.flush = mem_flush,
	.close = mem_close,
};
