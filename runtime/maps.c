/* SPDX-License-Identifier: MIT */
/*
 * maps.c: what the kernel says about mappings, /proc/thread-self/maps.
 *
 * By PROCMAP_QUERY, Linux 6.11, a mapping costs half a microsecond; before, the file
 * is read, from its beginning.
 *
 * Under the lock: what is large is static, as an update may be made on a small stack.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/uio.h>

#include "internal.h"

/* struct procmap_query of linux/fs.h, which may be older than that. */
struct query {
	uint64_t size, flags, addr;
	uint64_t start, end, vma_flags, page_size, offset, inode;
	uint32_t dev_major, dev_minor, name_size, build_id_size;
	uint64_t name, build_id;
};

#define QUERY			_IOWR('f', 17, struct query)
#define COVERING_OR_NEXT	0x10
#define READABLE		0x01
#define WRITABLE		0x02
#define EXECUTABLE		0x04
#define SHARED			0x08

/* The first mapping that ends behind @addr: 0, -ENOENT, or another error: no such query here. */
static int query(int fd, uintptr_t addr, struct mapping *found)
{
	static struct query q;

	q = (struct query){ .size = sizeof(q), .flags = COVERING_OR_NEXT, .addr = addr };
	int err;

	err = (int)sys(SYS_ioctl, fd, QUERY, &q);
	if (err)
		return err;
	/* Another process, which is not for us, may have more addresses than there are here. */
	if (q.start > UINTPTR_MAX)
		return -ENOENT;
	*found = (struct mapping){
		.start = (uintptr_t)q.start,
		.end = q.end > UINTPTR_MAX ? UINTPTR_MAX : (uintptr_t)q.end,
		.page = (uintptr_t)q.page_size,
		.prot = (q.vma_flags & READABLE ? PROT_READ : 0) |
			(q.vma_flags & WRITABLE ? PROT_WRITE : 0) |
			(q.vma_flags & EXECUTABLE ? PROT_EXEC : 0),
		.shared = q.vma_flags & SHARED,
	};
	return 0;
}

/* The file as text, a line a mapping; of each only its beginning counts. */
struct reader {
	int fd;
	long n, at;
	uint64_t offset;
	char bytes[4096];
};

/*
 * The next character, or 0 at the end, or where @n is an error.  Not by read(2), which takes
 * from a pipe that somebody may just have put there.
 */
static char next(struct reader *reader)
{
	struct iovec vec = { reader->bytes, sizeof(reader->bytes) };

	if (reader->at >= reader->n && reader->n >= 0) {
		reader->at = 0;
		reader->n = sys(SYS_preadv, reader->fd, &vec, 1, (long)reader->offset, 0);
		reader->offset += reader->n > 0 ? (uint64_t)reader->n : 0;
	}
	if (reader->n <= 0)
		return 0;
	return reader->bytes[reader->at++];
}

/* The last address where it is larger than that, as in query(). */
static uintptr_t number(struct reader *reader, char end)
{
	uint64_t value = 0;
	char c;

	while ((c = next(reader)) && c != end)
		value = value << 4 | ((unsigned int)c <= '9' ? c - '0' : c - 'a' + 10);
	return value > UINTPTR_MAX ? UINTPTR_MAX : (uintptr_t)value;
}

/* 00400000-00452000 r-xp 00000000 08:02 173521 /usr/bin/dbus-daemon */
static bool read_line(struct reader *reader, struct mapping *found)
{
	char c;

	found->start = number(reader, '-');
	found->end = number(reader, ' ');
	found->prot = next(reader) == 'r' ? PROT_READ : 0;
	found->prot |= next(reader) == 'w' ? PROT_WRITE : 0;
	found->prot |= next(reader) == 'x' ? PROT_EXEC : 0;
	found->shared = next(reader) == 's';
	while ((c = next(reader)) && c != '\n')
		;
	return c == '\n';
}

static int each_line(int fd, int (*visit)(const struct mapping *m, void *arg), void *arg)
{
	static struct reader reader;
	static struct mapping m;
	int err = 0;

	reader.fd = fd;
	reader.n = reader.at = 0;
	reader.offset = 0;
	while (!err && read_line(&reader, &m))
		err = visit(&m, arg);
	return err || reader.n >= 0 ? err : (int)reader.n;
}

struct range {
	uintptr_t lo, hi;
	int (*visit)(const struct mapping *m, void *arg);
	void *arg;
};

static int visit_in_range(const struct mapping *m, void *arg)
{
	const struct range *range = arg;

	if (m->end <= range->lo || m->start >= range->hi)
		return 0;
	return range->visit(m, range->arg);
}

/*
 * maps_each: call @visit for each mapping that has a part in [@lo, @hi), ascending, until
 * it returns other than 0.  An error of reading, too, is less than 0.
 */
int maps_each(int fd, uintptr_t lo, uintptr_t hi,
	      int (*visit)(const struct mapping *m, void *arg), void *arg)
{
	static struct range range;
	static struct mapping m;
	int err = 0;

	range = (struct range){ lo, hi, visit, arg };
	while (lo < hi && !err) {
		err = query(fd, lo, &m);
		if (err == -ENOENT)
			return 0;
		if (err)
			return each_line(fd, visit_in_range, &range);
		err = visit_in_range(&m, &range);
		lo = m.end;
	}
	return err;
}

static int is_code(const struct mapping *m, void *seen)
{
	*(bool *)seen = m->prot & PROT_EXEC;
	return 1;
}

static int is_data(const struct mapping *m, void *seen)
{
	*(bool *)seen = m->prot & PROT_READ && m->prot & PROT_WRITE;
	return 1;
}

static bool shows(int fd, const void *addr, int (*what)(const struct mapping *m, void *seen))
{
	bool seen = false;

	maps_each(fd, (uintptr_t)addr, (uintptr_t)addr + 1, what, &seen);
	return seen;
}

/*
 * In a jail anything may stand there, and under an emulator the addresses and
 * protections are those of its host.  So it must be of the kind, and show some code
 * of ours as code.
 */
static bool is_real(int fd)
{
	static bool real;
	static uint64_t known;
	uint64_t now = device(fd);

	if (!now || now != known)
		real = is_proc_open(fd) && shows(fd, arch_probe_word, is_code);
	known = now;
	return real;
}

/* maps_open: a descriptor, or -errno; -EBADF if others have closed it. */
int maps_open(void)
{
	int fd = file_open(AT_FDCWD, "/proc/thread-self/maps", O_RDONLY | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return fd;
	/* Where this stack is no other process has one, but for a fork, which has all the same. */
	if (is_real(fd) && shows(fd, &fd, is_data))
		return fd;
	return file_close(fd) ? -EXDEV : -EBADF;
}
