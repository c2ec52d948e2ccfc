/* SPDX-License-Identifier: MIT */
/*
 * files.c: what is open for the length of an update, or a part of it.
 *
 * A number that is free may be one that another thread is about to use by dup2(), or that it
 * expects of open(): so what is open moves away from the lowest one at once, to the end of
 * the table of descriptors that there is.  What may be written to is not even there, where
 * there is another thread: see apart.c.
 *
 * A child that is forked meanwhile has it open, too, and nobody to close it.  So its number is
 * noted here, and closed by what the child does first.  The kernel copies the table of files
 * before the memory: it may be open there though it was closed here in between, and the
 * other way round.  So a number stays noted, and the child looks what it is.
 *
 * Under the lock.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>

#include "internal.h"

#define NOTES	8

/* Nobody else asks for this in /proc, where it is without effect. */
#define OURS	O_DSYNC

/* As many descriptors as the first table has, see move_away(); the last ones of it are ours. */
#define TABLE	((int)(8 * sizeof(long)))
#define LAST	8

/* The last ones, and 1; 0 is none. */
static int notes[NOTES];

/* Its files are not in the process's table: see apart.c. */
static bool elsewhere;

static void note(int fd)
{
	static unsigned int next;
	unsigned int i;

	for (i = 0; i < NOTES; i++)
		if (notes[i] == fd + 1)
			return;
	__atomic_store_n(&notes[next++ % NOTES], fd + 1, __ATOMIC_SEQ_CST);
}

/* By a flag alone, a moment after it was opened. */
static bool seems_ours(int fd)
{
	long flags = sys(SYS_fcntl, fd, F_GETFL);

	return flags >= 0 && flags & OURS;
}

/*
 * move_away: to one of the last numbers of the table that @fd is in, for which the kernel has
 * memory: it begins with as many as a long has bits, and doubles.  @fd itself if there is none;
 * -EBADF if others have put something of theirs there.
 */
static int move_away(int fd)
{
	int end = TABLE, moved;

	while (end <= fd)
		end *= 2;
	moved = (int)sys(SYS_fcntl, fd, F_DUPFD_CLOEXEC, end - LAST);
	if (moved < 0)
		return fd;
	if (!seems_ours(moved)) {
		sys(SYS_close, moved);
		return -EBADF;
	}
	sys(SYS_close, fd);
	note(moved);
	return moved;
}

/* file_open: a descriptor, or -errno. */
int file_open(int dir, const char *path, int flags)
{
	int fd;

	if (elsewhere)
		return (int)sys(SYS_openat, dir, path, flags | O_CLOEXEC);
	fd = (int)sys(SYS_openat, dir, path, flags | O_CLOEXEC | OURS);
	if (fd < 0)
		return fd;
	note(fd);
	return move_away(fd);
}

static bool is_ours(int fd)
{
	return seems_ours(fd) && is_proc_open(fd);
}

/*
 * file_close: false if others have closed it, and perhaps put something of theirs there: what
 * has been read is not to be trusted, and theirs is not to be closed.
 */
bool file_close(int fd)
{
	if (!elsewhere && !is_ours(fd))
		return false;
	sys(SYS_close, fd);
	return true;
}

/* files_apart: what is opened from now on is another table's, or not any more. */
void files_apart(bool on)
{
	__atomic_store_n(&elsewhere, on, __ATOMIC_SEQ_CST);
}

/* files_forked: in a child, which has none of it. */
void files_forked(void)
{
	unsigned int i;

	for (i = 0; i < NOTES; i++)
		if (notes[i] && is_ours(notes[i] - 1))
			sys(SYS_close, notes[i] - 1);
	memset(notes, 0, sizeof(notes));
	elsewhere = false;
	apart_forked();
	mem_forked();
}
