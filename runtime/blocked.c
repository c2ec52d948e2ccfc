/* SPDX-License-Identifier: MIT */
/*
 * blocked.c: would a breakpoint kill a thread?
 *
 * The kernel ends a process of which a thread meets a breakpoint while it has
 * SIGTRAP blocked: signal(7), and force_sig() in the kernel.  Threads that block
 * every signal are common, and so are handlers whose sa_mask is full.  Where there
 * is one, commit.c does without breakpoints or, if it cannot, refuses.
 *
 * What this cannot see is a thread that blocks SIGTRAP for a moment and calls
 * through a site just then, in the microseconds that a batch takes.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"

#define TRAP_BIT	(UINT64_C(1) << (SIGTRAP - 1))

/* Threads that have it blocked by lock.c, and execute no site meanwhile. */
static uint32_t excused[64];

/*
 * trap_excuse: until trap_no_excuse(), this thread does not count.  NULL if too
 * many have asked for that: then it counts.
 */
uint32_t *trap_excuse(void)
{
	uint32_t tid = (uint32_t)syscall(SYS_gettid), none;
	size_t i;

	for (i = 0; i < sizeof(excused) / sizeof(excused[0]); i++) {
		none = 0;
		if (__atomic_compare_exchange_n(&excused[i], &none, tid, false, __ATOMIC_SEQ_CST,
						__ATOMIC_RELAXED))
			return &excused[i];
	}
	return NULL;
}

void trap_no_excuse(uint32_t *entry)
{
	if (entry)
		__atomic_store_n(entry, 0, __ATOMIC_SEQ_CST);
}

/* trap_excuse_child: in a forked child nobody else is left. */
void trap_excuse_child(void)
{
	memset(excused, 0, sizeof(excused));
}

static bool is_excused(const char *name)
{
	uint32_t tid = (uint32_t)strtoul(name, NULL, 10);
	size_t i;

	for (i = 0; i < sizeof(excused) / sizeof(excused[0]); i++)
		if (__atomic_load_n(&excused[i], __ATOMIC_SEQ_CST) == tid)
			return true;
	return false;
}

/* By system calls: what libc makes of them can be points of cancellation. */
static int sys_open(int dir, const char *path, int flags)
{
	return (int)syscall(SYS_openat, dir, path, flags | O_RDONLY | O_CLOEXEC);
}

/* What rt_sigaction() itself fills, on an architecture with SA_RESTORER. */
struct kernel_sigaction {
	void (*handler)(int);
	unsigned long flags;
	void (*restorer)(void);
	uint64_t mask __attribute__((packed));	/* aligned as a long */
};

/*
 * Does a handler of the program run with SIGTRAP blocked?  Of signals 1 to 31 only
 * those in @caught can have one, and asking for each of them takes its time.
 */
static bool handler_blocks(uint64_t caught)
{
	struct kernel_sigaction action;
	int sig;

	for (sig = 1; sig <= 64; sig++) {
		if (sig < 32 && !(caught >> (sig - 1) & 1))
			continue;
		if (syscall(SYS_rt_sigaction, sig, NULL, &action, sizeof(action.mask)))
			continue;
		if (action.handler != SIG_DFL && action.handler != SIG_IGN &&
		    action.mask & TRAP_BIT)
			return true;
	}
	return false;
}

/*
 * Signals 1 to 31 that a thread blocks, and that the program catches: fields 32
 * and 34 of /proc/self/task/TID/stat, proc(5).  False if the thread has gone.
 */
static bool read_signals(int dir, const char *tid, uint64_t *blocked, uint64_t *caught)
{
	char path[32], text[1024], *p;
	ssize_t n = 0;
	int fd, field;

	p = stpcpy(stpncpy(path, tid, sizeof(path) - sizeof("/stat")), "/stat");
	*p = '\0';
	fd = sys_open(dir, path, 0);
	if (fd >= 0) {
		n = syscall(SYS_read, fd, text, sizeof(text) - 1);
		syscall(SYS_close, fd);
	}
	if (n <= 0)
		return false;
	text[n] = '\0';

	/* Field 2, in parentheses, may hold anything. */
	p = strrchr(text, ')');
	for (field = 3; p && field <= 34; field++) {
		p = strchr(p + 1, ' ');
		if (p && field == 32)
			*blocked = strtoul(p, NULL, 10);
		if (p && field == 34)
			*caught = strtoul(p, NULL, 10);
	}
	return p;
}

struct kernel_dirent {
	uint64_t ino;
	int64_t off;
	unsigned short reclen;
	unsigned char type;
	char name[];
};

/* Does a thread other than this one block SIGTRAP, or will it in a handler? */
static bool thread_blocks(int dir)
{
	char entries[4096] __attribute__((aligned(8)));
	uint64_t blocked = 0, caught = ~UINT64_C(0);
	const struct kernel_dirent *entry;
	long n, at;

	while ((n = syscall(SYS_getdents64, dir, entries, sizeof(entries))) > 0) {
		for (at = 0; at < n; at += entry->reclen) {
			entry = (const struct kernel_dirent *)(entries + at);
			if (entry->name[0] == '.' || is_excused(entry->name) ||
			    !read_signals(dir, entry->name, &blocked, &caught))
				continue;
			/* Asked again: it may have come to the lock since. */
			if (blocked & TRAP_BIT && !is_excused(entry->name))
				return true;
		}
	}
	return handler_blocks(caught);
}

/*
 * trap_blocked: may another thread meet a breakpoint with SIGTRAP blocked?
 *
 * No, as far as can be told, where /proc is missing.  Under the lock.
 */
bool trap_blocked(void)
{
	int dir = sys_open(AT_FDCWD, "/proc/self/task", O_DIRECTORY);
	struct stat st;
	bool blocked;

	if (dir < 0)
		return handler_blocks(~UINT64_C(0));
	/* A folder for each thread, and as ever two links more. */
	blocked = (fstat(dir, &st) || st.st_nlink > 3) && thread_blocks(dir);
	syscall(SYS_close, dir);
	return blocked;
}
