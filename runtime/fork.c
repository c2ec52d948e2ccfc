/* SPDX-License-Identifier: MIT */
/*
 * fork.c: a child starts with no update under way.
 *
 * fork() waits for the lock, so the child's copy of the text is never half
 * patched.  The lock stays taken while other libraries' fork handlers run, and
 * these may make updates: hence it is recursive.
 */
#include <pthread.h>

#include "internal.h"

/* Under the lock. */
static sigset_t fork_saved;

static void fork_prepare(void)
{
	sigset_t saved;

	lock(&saved);
	lock_idle(true);
	fork_saved = saved;
}

static void fork_parent(void)
{
	sigset_t saved = fork_saved;

	lock_idle(false);
	unlock(&saved);
}

static void fork_child(void)
{
	sigset_t saved = fork_saved;

	trap_fork_child();
	if (config.patching)
		sync_init();
	lock_idle(false);
	unlock(&saved);
}

void fork_init(void)
{
	int err = pthread_atfork(fork_prepare, fork_parent, fork_child);

	if (err)
		say("no fork handler could be registered (error %d): a child that is forked "
		    "while another thread updates may find the lock taken", err);
}
