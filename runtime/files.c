/* SPDX-License-Identifier: MIT */
/*
 * files.c: what is open for the length of an update, or a part of it.
 *
 * A child that is forked meanwhile has it open, too, and nobody to close it; of
 * /proc/thread-self/mem it is even the parent's memory.  So it is noted here, and closed by
 * what the child does first.  Under the lock.
 *
 * The kernel copies the table of files before the memory, so what is closed just then stays open
 * in the child until it executes another program.
 */
#define _GNU_SOURCE
#include <fcntl.h>

#include "internal.h"

#define NOTES	4

/* Numbers and 1; 0 is none. */
static int notes[NOTES];

/* Its files are not in the process's table: see apart.c. */
static bool apart;

static void exchange(int old, int new)
{
	unsigned int i;

	for (i = 0; i < NOTES && !apart; i++) {
		if (notes[i] == old) {
			__atomic_store_n(&notes[i], new, __ATOMIC_SEQ_CST);
			return;
		}
	}
}

/* file_open: a descriptor, or -errno. */
int file_open(int dir, const char *path, int flags)
{
	int fd = (int)sys(SYS_openat, dir, path, flags | O_CLOEXEC);

	if (fd >= 0)
		exchange(0, fd + 1);
	return fd;
}

void file_close(int fd)
{
	/* In this order: the number may be another one's at once. */
	exchange(fd + 1, 0);
	sys(SYS_close, fd);
}

/* files_apart: what is opened from now on is another table's, or not any more. */
void files_apart(bool on)
{
	__atomic_store_n(&apart, on, __ATOMIC_SEQ_CST);
}

/* files_forked: in a child, which has none of it. */
void files_forked(void)
{
	unsigned int i;

	for (i = 0; i < NOTES; i++)
		if (notes[i])
			sys(SYS_close, notes[i] - 1);
	__builtin_memset(notes, 0, sizeof(notes));
	apart = false;
	mem_forked();
}
