/* SPDX-License-Identifier: MIT */
/*
 * sync.c: have every thread of the process pass a core-serializing instruction.
 *
 * membarrier(2), MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE.  Without it there
 * is no safe way to change code that others execute (mprotect() often sends no
 * interrupt at all), and no site is patched.
 */
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"

static long membarrier(int command)
{
	return syscall(SYS_membarrier, command, 0, 0);
}

/*
 * sync_init: register the process; false where the kernel or a filter forbids.
 *
 * Early: with one thread it takes 0.5 us, later it waits for a grace period.
 */
bool sync_init(void)
{
	return !membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE);
}

/*
 * sync_ready: may sync_core() be relied upon?  Asked before a batch changes
 * anything, because a system call filter may have come since the start.
 */
bool sync_ready(void)
{
	long commands = membarrier(MEMBARRIER_CMD_QUERY);

	return commands > 0 && commands & MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE;
}

void sync_core(void)
{
	if (membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE))
		die("membarrier() failed in the middle of an update (errno %d): other threads "
		    "might execute stale code", errno);
	counters.syncs++;
}
