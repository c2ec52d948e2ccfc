/* SPDX-License-Identifier: MIT */
/*
 * lock.c: the one lock, taken with all signals blocked.
 *
 * An update may be made from a signal handler.  As nothing interrupts the
 * thread that holds the lock, such a handler only ever waits for another
 * thread, which goes on.  SIGTRAP is blocked too: the thread that patches
 * executes no site meanwhile.
 *
 * It is recursive for fork() alone, see fork.c.  A thread knows itself by the
 * address of a variable of its own, which is the same in a forked child; a
 * recursive mutex goes by the thread's number, which is another one there.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static const char *owner;
static unsigned int depth;

static __thread char self __attribute__((tls_model("initial-exec")));

/* What the kernel takes for a signal set: libc's type has room for more. */
#define KERNEL_SIGSET_SIZE	8

/*
 * lock: and save the signal mask in @saved.
 *
 * By the system call itself, as pthread_sigmask() leaves out the signals that
 * libc uses for setuid() and for cancellation.
 */
void lock(sigset_t *saved)
{
	sigset_t all;

	memset(&all, 0xff, sizeof(all));
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, saved, KERNEL_SIGSET_SIZE);
	if (__atomic_load_n(&owner, __ATOMIC_RELAXED) != &self) {
		pthread_mutex_lock(&mutex);
		__atomic_store_n(&owner, &self, __ATOMIC_RELAXED);
	}
	depth++;
}

void unlock(const sigset_t *saved)
{
	int saved_errno = errno;

	if (!--depth) {
		__atomic_store_n(&owner, NULL, __ATOMIC_RELAXED);
		pthread_mutex_unlock(&mutex);
	}
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, saved, NULL, KERNEL_SIGSET_SIZE);
	errno = saved_errno;
}
