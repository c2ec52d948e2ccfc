/* SPDX-License-Identifier: MIT */
/*
 * writer_mem.c: write through /proc/self/mem, which needs no writable mapping.
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
 * Neighbouring writes are gathered and written at once, with the bytes between
 * them as they are.  The kernel's copy is not documented to store an aligned
 * word at once, so on its own accord aligned8 does not use this writer.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"

static int fd = -1;

/* What is to be written at gathered_at; under the lock. */
static uint8_t gathered[4096];
static uintptr_t gathered_at;
static size_t gathered_len;

/* The page proven last. */
static uintptr_t touched;

static int mem_open(const struct segment *spans)
{
	(void)spans;
	fd = (int)syscall(SYS_openat, AT_FDCWD, "/proc/self/mem", O_RDWR | O_CLOEXEC);
	gathered_len = 0;
	touched = 0;
	return fd < 0 ? -errno : 0;
}

static void mem_close(const struct segment *spans)
{
	(void)spans;
	syscall(SYS_close, fd);
	fd = -1;
}

static int write_all(uintptr_t at, const uint8_t *bytes, size_t len)
{
	long n;

	while (len) {
		n = syscall(SYS_pwrite64, fd, bytes, len, at);
		if (n <= 0)
			return n < 0 ? -errno : -EIO;
		at += (size_t)n;
		bytes += n;
		len -= (size_t)n;
	}
	return 0;
}

static int touch_page(uintptr_t at)
{
	uint8_t same = *(const volatile uint8_t *)at;

	if (page_down(at) == touched)
		return 0;
	touched = page_down(at);
	return write_all(at, &same, 1);
}

/* Writing a byte as it is makes the page the process's own, if that can be. */
static int mem_touch(uintptr_t at, size_t len)
{
	int err = touch_page(at);

	if (!err && page_down(at + len - 1) != page_down(at))
		err = touch_page(at + len - 1);
	return err;
}

static int mem_flush(void)
{
	size_t len = gathered_len;

	gathered_len = 0;
	return write_all(gathered_at, gathered, len);
}

/*
 * In whole aligned words: a copy of 8-byte stores then changes each at once.
 */
static int mem_write(uintptr_t at, const void *bytes, size_t len)
{
	uintptr_t start = at & ~(uintptr_t)7, end = (at + len + 7) & ~(uintptr_t)7;
	uintptr_t have = gathered_at + gathered_len;
	int err;

	if (!gathered_len || start < gathered_at || end > gathered_at + sizeof(gathered)) {
		err = mem_flush();
		if (err)
			return err;
		gathered_at = have = start;
	}
	if (end > have) {
		memcpy(gathered + (have - gathered_at), (const void *)have, end - have);
		gathered_len = end - gathered_at;
	}
	memcpy(gathered + (at - gathered_at), bytes, len);
	return 0;
}

static uint64_t mem_read(const uint64_t *word)
{
	uintptr_t at = (uintptr_t)word;
	uint64_t value;

	if (at < gathered_at || at >= gathered_at + gathered_len)
		return *word;
	memcpy(&value, gathered + (at - gathered_at), sizeof(value));
	return value;
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
