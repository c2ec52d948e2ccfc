/* SPDX-License-Identifier: MIT */
/*
 * blocked.c: would a breakpoint end the process?
 *
 * The kernel does that where the thread that meets it has SIGTRAP blocked, or has no
 * handler for it: signal(7), and force_sig() in the kernel.  Threads that block every
 * signal are common, and so are handlers whose sa_mask is full.  Where there is one,
 * commit.c does without breakpoints.
 *
 * Three more count as blocked.  A handler on an alternate stack, which may have been
 * made for one signal frame and not for two.  A thread that waits for a child of
 * vfork(): the child shares the memory, may have reset its signals, and is to be seen
 * nowhere else.  And where it cannot be looked, there may be any of them.
 *
 * Nor are there breakpoints where somebody traces this process: a debugger takes every
 * SIGTRAP for its own, and has the thread go on behind the breakpoint's byte.
 *
 * What this cannot see is a thread that blocks SIGTRAP for a moment and calls
 * through a site just then, in the microseconds that a batch takes; who begins to trace
 * just then; and who traces from outside of the process's PID namespace.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/uio.h>

#include "internal.h"

#define TRAP_BIT	SIGNAL_BIT(SIGTRAP)

/*
 * Threads of the kernel's own in this process, such as io_uring's: they never come to
 * user space.  PF_IO_WORKER and, since Linux 6.4, PF_USER_WORKER, include/linux/sched.h.
 */
#define KERNEL_THREAD	(0x10ul | 0x4000ul)

/* One that ends and does not come back, PF_EXITING; ours may be such, see apart.c. */
#define EXITING		0x4ul

#define TASKS	"/proc/self/task"

/* Static, as an update may be made where there is little stack; under the lock. */
static char entries[4096] __attribute__((aligned(8)));
static char text[1024];

/* What rt_sigaction() itself fills, on an architecture with SA_RESTORER. */
struct kernel_sigaction {
	void (*handler)(int);
	unsigned long flags;
	void (*restorer)(void);
	uint64_t mask __attribute__((packed));	/* aligned as a long */
};

/*
 * Does a handler of the program run with SIGTRAP blocked, or on a stack of its own?  Of
 * signals 1 to 31 only those in @caught can have one, and asking takes its time.  The
 * one of SIGTRAP does not count: ours is put in front of it.  Nor do libc's own, of
 * signals between these and SIGRTMIN.
 */
static bool handler_blocks(uint64_t caught)
{
	struct kernel_sigaction action;
	int sig;

	for (sig = 1; sig <= 64; sig++) {
		if (sig == 32)
			sig = SIGRTMIN;
		if (sig == SIGTRAP || (sig < 32 && !(caught >> (sig - 1) & 1)))
			continue;
		if (sys(SYS_rt_sigaction, sig, NULL, &action, sizeof(action.mask)))
			continue;
		if (action.handler != SIG_DFL && action.handler != SIG_IGN &&
		    (action.mask & TRAP_BIT || action.flags & SA_ONSTACK))
			return true;
	}
	return false;
}

/*
 * struct thread: what /proc/self/task/TID/stat tells, see proc(5); in fields 3, 9, 32
 * and 34.  Of signals only 1 to 31.
 */
struct thread {
	char state;
	unsigned long flags;
	uint64_t blocked, caught;
};

/* What has kept us from reading, and would not in a thread that is apart; or 0. */
static int trouble;

/* read_text: some of @path, from its beginning; 0, or -errno. */
static int read_text(int dir, const char *path)
{
	struct iovec vec = { text, sizeof(text) - 1 };
	int fd = file_open(dir, path, O_RDONLY);
	long n;

	if (fd == -EMFILE)
		trouble = fd;
	if (fd < 0)
		return fd;
	n = sys(SYS_preadv, fd, &vec, 1, 0, 0);
	if (!file_close(fd))
		trouble = n = -EBADF;
	if (n <= 0)
		return n ? (int)n : -EIO;
	text[n] = '\0';
	return 0;
}

/* The number behind a space. */
static unsigned long number(const char *p)
{
	unsigned long value = 0;

	while (*++p >= '0' && *p <= '9')
		value = 10 * value + (unsigned long)(*p - '0');
	return value;
}

static bool parse(struct thread *thread)
{
	/* Field 2, in parentheses, may hold anything. */
	char *p = strrchr(text, ')');
	int field;

	for (field = 3; p && field <= 34; field++) {
		p = strchr(p + 1, ' ');
		if (!p)
			break;
		if (field == 3)
			thread->state = p[1];
		else if (field == 9)
			thread->flags = number(p);
		else if (field == 32)
			thread->blocked = number(p);
		else if (field == 34)
			thread->caught = number(p);
	}
	return p;
}

/* read_thread: 1, 0 if the thread has gone, or -errno. */
static int read_thread(int dir, const char *tid, struct thread *thread)
{
	int err;

	strcat(strcpy(text, tid), "/stat");	/* a number */
	err = read_text(dir, text);
	if (err)
		return err == -ENOENT || err == -ESRCH ? 0 : err;
	return parse(thread) ? 1 : -EIO;
}

/* Is this thread traced, as tracers do with all or none? */
static enum tracer { NO_TRACER, TRACER, NOT_TOLD } tracer(void)
{
	static const char field[] = "\nTracerPid:\t";
	const char *found = read_text(AT_FDCWD, "/proc/thread-self/status") ? NULL :
									    strstr(text, field);

	if (!found)
		return NOT_TOLD;
	return found[sizeof(field) - 1] == '0' ? NO_TRACER : TRACER;
}

static bool deaf(const struct thread *thread)
{
	if (thread->flags & (KERNEL_THREAD | EXITING) || thread->state == 'Z' || thread->state == 'X')
		return false;
	/* D: a thread that vfork() has stopped is in this state. */
	return thread->blocked & TRAP_BIT || thread->state == 'D';
}

/* This thread executes no site while it updates, and one that is apart has its mask. */
static unsigned int self_deaf(void)
{
	uint64_t mask = 0;

	sys(SYS_rt_sigprocmask, SIG_BLOCK, NULL, &mask, sizeof(mask));
	return mask & TRAP_BIT ? 1 + apart_begun() : 0;
}

struct kernel_dirent {
	uint64_t ino;
	int64_t off;
	unsigned short reclen;
	unsigned char type;
	char name[];
};

/* Can a thread other than this one not take a breakpoint, now or in a handler? */
static bool thread_blocks(int dir)
{
	unsigned int others = 0, self = self_deaf();
	const struct kernel_dirent *entry;
	struct thread thread = { 0 };
	uint64_t caught = 0;
	long n, at;
	int known;

	while ((n = sys(SYS_getdents64, dir, entries, sizeof(entries))) > 0) {
		for (at = 0; at < n; at += entry->reclen) {
			entry = (const struct kernel_dirent *)(entries + at);
			known = entry->name[0] == '.' ? 0 : read_thread(dir, entry->name, &thread);
			if (known < 0)
				return true;
			if (!known)
				continue;
			caught |= thread.caught;
			if (deaf(&thread) && others++ == self)
				return true;
		}
	}
	return n < 0 || handler_blocks(caught);
}

/* Who else is there?  As sure as can be, for others may be started at any time. */
static enum company { NOBODY, SOMEBODY, UNKNOWN } company(void)
{
	unsigned int n;

	/* The threads of a process whose memory this one shares are not seen from here. */
	if (fork_shares_memory())
		return UNKNOWN;
	n = is_proc(TASKS) ? links(TASKS) : 0;
	if (!n)
		return UNKNOWN;
	/* A folder for each thread, and as ever two links more. */
	return n == 3 ? NOBODY : SOMEBODY;
}

/* alone: is this known to be the only thread?  Under the lock. */
bool alone(void)
{
	return company() == NOBODY;
}

/*
 * unwatched: is it known that nobody changes text now, unless he is another process and
 * does not trace this one?  Under the lock.
 */
bool unwatched(void)
{
	return alone() && tracer() == NO_TRACER;
}

/*
 * Does the program ignore SIGTRAP?  What it executes inherits that, which a handler of ours
 * in its place would end: execve(2).
 */
static bool trap_ignored(void)
{
	struct kernel_sigaction action;

	return !sys(SYS_rt_sigaction, SIGTRAP, NULL, &action, sizeof(action.mask)) &&
	       action.handler == SIG_IGN;
}

/* 1 if one is traced, or cannot take a breakpoint; or -errno. */
static int look_at_threads(void *unused)
{
	int dir = file_open(AT_FDCWD, TASKS, O_RDONLY | O_DIRECTORY);
	bool blocked;

	(void)unused;
	if (dir < 0)
		return dir;
	trouble = 0;
	blocked = tracer() == TRACER || thread_blocks(dir);
	if (!file_close(dir))
		return -EBADF;
	return trouble ? trouble : blocked;
}

/*
 * trap_blocked: may another thread not survive a breakpoint, or must we not have a handler?
 * Under the lock.
 */
bool trap_blocked(void)
{
	enum company others = company();

	if (others == UNKNOWN || trap_ignored())
		return true;
	if (others == NOBODY)
		return false;
	/* Where it cannot be looked, too. */
	return with_descriptor(look_at_threads, NULL);
}
