/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * short_runtime.c: the shared library, from the static one, with memory that becomes short.
 *
 * Linked with --wrap=__static_call_syscall.
 */
#include <errno.h>
#include <sys/syscall.h>

#include "short.h"
#include "syscall.h"

int __static_call_maps_left = -1;

static int is_map(long number)
{
#ifdef SYS_mmap2
	if (number == SYS_mmap2)
		return 1;
#endif
#ifdef SYS_mmap
	if (number == SYS_mmap)
		return 1;
#endif
	return number == SYS_mremap;
}

SYSCALL(number, args)
{
	if (is_map(number) && __static_call_maps_left >= 0) {
		if (!__static_call_maps_left)
			return -ENOMEM;
		__static_call_maps_left--;
	}
	return real_syscall(number, args);
}
