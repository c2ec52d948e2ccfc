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

static long map(void *addr, size_t size, int prot, int flags, int fd, off_t offset)
{
#if defined(__s390x__)	/* The arguments are in memory there, old_mmap() of Linux. */
	const long args[] = { (long)addr, (long)size, prot, flags, fd, offset };

	return syscall(SYS_mmap, args);
#elif defined(SYS_mmap2)
	return syscall(SYS_mmap2, addr, size, prot, flags, fd, offset / 4096);
#else
	return syscall(SYS_mmap, addr, size, prot, flags, fd, offset);
#endif
}

/* In place of libc's for the runtime; the dynamic linker has its own. */
void *mmap(void *addr, size_t size, int prot, int flags, int fd, off_t offset)
{
	if (flags & MAP_ANONYMOUS && map_fails())
		return MAP_FAILED;
	return (void *)map(addr, size, prot, flags, fd, offset);
}

void *mremap(void *old, size_t old_size, size_t size, int flags, ...)
{
	if (map_fails())
		return MAP_FAILED;
	return (void *)syscall(SYS_mremap, old, old_size, size, flags, NULL);
}

#endif
