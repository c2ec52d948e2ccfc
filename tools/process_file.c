// SPDX-License-Identifier: GPL-2.0-or-later
#define _GNU_SOURCE /* O_PATH */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "process.h"

#define READ_FLAGS (O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)

static bool is_mapped(int fd, const struct mapping *map)
{
	struct stat st;

	/* The device need not be that of the mapping: it may be a layer above it. */
	return !fstat(fd, &st) && st.st_ino == map->inode;
}

/* The program that it executes, be it deleted. */
static int open_program(struct process *proc, const struct mapping *map)
{
	int fd = openat(proc->thread, "exe", READ_FLAGS);

	if (fd >= 0 && !is_mapped(fd, map)) {
		close(fd);
		errno = ENOENT;
		return -1;
	}
	return fd;
}

static int open_below_root(struct process *proc, const char *path)
{
	int root = openat(proc->thread, "root", O_PATH | O_DIRECTORY | O_CLOEXEC), fd;

	if (root < 0)
		return -1;
	fd = openat(root, path + 1, READ_FLAGS);
	close(root);
	return fd;
}

/*
 * By its path: the process may see other files there than we do, by a mount namespace,
 * and it may be told to us from our root if it has another one.
 */
static int open_path(struct process *proc, const struct mapping *map)
{
	int there, here;

	if (map->deleted || map->path[0] != '/') {
		errno = ENOENT;
		return -1;
	}
	there = open_below_root(proc, map->path);
	if (there >= 0 && is_mapped(there, map))
		return there;
	here = open(map->path, READ_FLAGS);
	if (there >= 0 && (here < 0 || !is_mapped(here, map))) {
		if (here >= 0)
			close(here);
		return there;
	}
	if (there >= 0)
		close(there);
	return here;
}

int process_file(struct process *proc, const struct mapping *map, struct fault *fault)
{
	char path[64];
	int fd;

	process_alive(proc);
	snprintf(path, sizeof(path), "map_files/%" PRIx64 "-%" PRIx64, map->start,
		 map->end);
	/* The ways that need no privilege come second. */
	fd = openat(proc->thread, path, READ_FLAGS);
	if (fd < 0)
		fd = open_program(proc, map);
	if (fd < 0)
		fd = open_path(proc, map);
	if (fd < 0)
		fault_set(fault, "%s",
			  map->deleted ? "was deleted or replaced after it was mapped, "
					 "and only root can still read it"
				       : strerror(errno));
	return fd;
}
