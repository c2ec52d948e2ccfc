/* SPDX-License-Identifier: MIT */
/*
 * proc.c: is it really /proc, and how much is in a folder there?
 *
 * With the structures of the kernel's own headers, which the C library's do not get on
 * with.  On machines of 32 bits they are old ones: what does not fit them is no /proc.
 */
#include "internal.h"

#include <asm/stat.h>
#include <asm/statfs.h>
#include <linux/fcntl.h>
#include <linux/magic.h>

/* is_proc: does @path lie in one? */
bool is_proc(const char *path)
{
	static struct statfs fs;

	return !sys(SYS_statfs, path, &fs) && fs.f_type == PROC_SUPER_MAGIC;
}

/* is_proc_open: likewise, of a file. */
bool is_proc_open(int fd)
{
	static struct statfs fs;

	return !sys(SYS_fstatfs, fd, &fs) && fs.f_type == PROC_SUPER_MAGIC;
}

/* device: that a file is on; 0 if that cannot be told. */
uint64_t device(int fd)
{
	static struct stat st;

	return sys(SYS_fstat, fd, &st) ? 0 : st.st_dev;
}

/* links: how many @path has; 0 if that cannot be told. */
unsigned int links(const char *path)
{
	static struct stat st;
#ifdef SYS_newfstatat
	long err = sys(SYS_newfstatat, AT_FDCWD, path, &st, 0);
#else
	long err = sys(SYS_stat, path, &st);
#endif

	return err ? 0 : (unsigned int)st.st_nlink;
}
