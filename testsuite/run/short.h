/* SPDX-License-Identifier: GPL-2.0-or-later */
/* short.h: memory from the kernel that becomes short when a test says so. */
#ifndef SHORT_H
#define SHORT_H

#include <errno.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* How many more maps there are; negative for any number. */
static int maps_left = -1;

static int map_fails(void)
{
	if (maps_left < 0)
		return 0;
	if (maps_left > 0) {
		maps_left--;
		return 0;
	}
	errno = ENOMEM;
	return 1;
}

/* In place of libc's for the runtime; the dynamic linker has its own. */
void *mmap(void *addr, size_t size, int prot, int flags, int fd, off_t offset)
{
#ifdef SYS_mmap2
	const long nr = SYS_mmap2, at = offset / 4096;
#else
	const long nr = SYS_mmap, at = offset;
#endif

	if (flags & MAP_ANONYMOUS && map_fails())
		return MAP_FAILED;
	return (void *)syscall(nr, addr, size, prot, flags, fd, at);
}

void *mremap(void *old, size_t old_size, size_t size, int flags, ...)
{
	if (map_fails())
		return MAP_FAILED;
	return (void *)syscall(SYS_mremap, old, old_size, size, flags, NULL);
}

#endif
