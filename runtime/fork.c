/* SPDX-License-Identifier: MIT */
/*
 * fork.c: a child starts with no update under way.
 *
 * Nobody waits for that in the parent.  fork() takes locks of libc's and of other
 * libraries' one after another, and who holds one of these may be waiting to make an
 * update: the write function of a stream, fopencookie(3), while the stream is locked.
 *
 * So a child may find the lock taken by a thread that it does not have, and the text half
 * patched: writable, with breakpoints and pieces of instructions in it.  Its calls are
 * right all the same, by the handler of SIGTRAP.  It is noticed by a page that the kernel
 * wipes in a child, when the child first comes to the lock, and then what was begun is
 * carried out.  A child of fork() comes to it at once, by a handler; one of _Fork(), or of
 * the system call, which run none, with its first update.
 */
#include <pthread.h>
#include <sys/mman.h>

#include "internal.h"

enum { WIPED, SETTLED, SETTLING };

static uint32_t always = SETTLED;
static uint32_t *mark = &always;
static bool wiped;		/* does the kernel do that (Linux 4.14)? */
static pid_t home;		/* the process that the memory belongs to */
static bool interrupted;

/* By the system call: libc may remember what it was. */
static pid_t process(void)
{
	return (pid_t)sys(SYS_getpid);
}

/* fork_noticed: is this a child that has not been to the lock before? */
bool fork_noticed(void)
{
	return __atomic_load_n(mark, __ATOMIC_ACQUIRE) != SETTLED ||
	       (!wiped && home && process() != home);
}

/* fork_settle: nobody else is left.  With signals held, not under the lock. */
void fork_settle(void)
{
	uint32_t expected = wiped ? WIPED : SETTLED;

	if (!__atomic_compare_exchange_n(mark, &expected, SETTLING, false, __ATOMIC_SEQ_CST,
					 __ATOMIC_SEQ_CST)) {
		while (fork_noticed())
			sys(SYS_sched_yield);
		return;
	}
	files_forked();
	interrupted = lock_abandon();
	trap_fork_child();
	if (config.patching)
		sync_init();
	home = process();
	__atomic_store_n(mark, SETTLED, __ATOMIC_SEQ_CST);
}

/* fork_interrupted: did another thread of the parent hold the lock?  Says so once. */
bool fork_interrupted(void)
{
	bool was = interrupted;

	interrupted = false;
	return was;
}

/* fork_shares_memory: as a child of vfork() does, or of clone(). */
bool fork_shares_memory(void)
{
	return process() != home;
}

/* Where this has interrupted an update of its own thread, that goes on in the child, too. */
static void fork_child(void)
{
	struct signals saved;

	lock(&saved);
	unlock(&saved);
}

/*
 * Will the kernel wipe @page in a child?  A translator may accept any advice and do nothing, as
 * QEMU does before 8.1; Linux refuses this one for what is shared: madvise(2).
 */
static bool is_wiped(void *page)
{
	void *shared = map_pages(page_size, PROT_NONE, MAP_SHARED);
	bool refused;

	if (!shared)
		return false;
	refused = sys(SYS_madvise, shared, page_size, MADV_WIPEONFORK);
	unmap_memory(shared, page_size);
	return refused && !sys(SYS_madvise, page, page_size, MADV_WIPEONFORK);
}

void fork_init(void)
{
	uint32_t *page = map_memory(page_size);
	int err;

	if (page && is_wiped(page)) {
		*page = SETTLED;
		wiped = true;
		mark = page;
	}
	home = process();

	err = pthread_atfork(NULL, NULL, fork_child);
	if (err)
		say("no fork handler could be registered (%s): a child that is forked "
		    "while another thread updates is repaired by its own first update",
		    error_name(err));
}
