/* SPDX-License-Identifier: MIT */
/*
 * sync.c: have every thread of the process pass a core-serializing instruction.
 *
 * membarrier(2), MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE.  Without it there
 * is no safe way to change code that others execute (mprotect() often sends no
 * interrupt at all), and no site is patched.
 */
#include <linux/membarrier.h>

#include "internal.h"

static long membarrier(int command)
{
	return sys(SYS_membarrier, command, 0, 0);
}

static long join_and_sync(void)
{
	long err = membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE);

	return err ? err : membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE);
}

static bool broken;

static void failed(long err)
{
	because(REASON_SYNC, "membarrier(), which synchronizes cores", (int)-err,
		       "MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE: Linux 4.16, and no filter of "
		       "system calls against it");
}

/*
 * sync_init: register the process; false where the kernel or a filter forbids.
 *
 * Early: with one thread it takes 0.5 us, later it waits for a grace period.  And see
 * that it works, for a filter may look at the command.
 */
bool sync_init(void)
{
	long err = join_and_sync();

	if (err)
		failed(err);
	return !err;
}

/*
 * sync_ready: may sync_core() be relied upon?  Asked before a batch changes
 * anything, because a system call filter may have come since the start.
 *
 * With a flag that it does not know the command interrupts nobody: who gets as far
 * as that has passed every filter.
 */
bool sync_ready(void)
{
	const int no_such_flag = 1 << 30;
	long commands = membarrier(MEMBARRIER_CMD_QUERY), err;

	reasons_forget();
	if (commands > 0 && commands & MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE) {
		err = sys(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE, no_such_flag,
			  0);
		if (err == -EINVAL)
			return true;
	} else {
		err = commands < 0 ? commands : -EOPNOTSUPP;
	}
	failed(err);
	return alone();
}

/*
 * sync_core: 0 or -errno.
 *
 * A process that was restored from a checkpoint is not registered any more.  Who is
 * alone has nobody to synchronize with: what a thread stores itself it executes, after
 * icache_flush().
 */
int sync_core(void)
{
	long err = membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE);

	if (err == -EPERM)
		err = join_and_sync();
	if (err)
		failed(err);
	broken = err && !alone();
	if (broken)
		return (int)err;
	counters.syncs++;
	return 0;
}

/* sync_failed: has the last one? */
bool sync_failed(void)
{
	return broken;
}
