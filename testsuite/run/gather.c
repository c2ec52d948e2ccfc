/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gather.c CASE: a batch of more than a thousand pieces through /proc/thread-self/mem,
 * and breakpoints of others on and between them.
 *
 * count:    it takes fewer system calls than there are pieces.
 * stay:     breakpoints that stand there are there afterwards.
 * leave:    one that goes when a write is just about to happen does not come back.
 * thread:   one that comes just then stays, where another thread may have put it there;
 * traced:   or a debugger.
 */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#include "check.h"
#include "site.h"

#define KEYS	4
#define SITES	1152

#ifdef __x86_64__
# define BYTE_0_AT	7
# define RESULT		REG_RAX
# define ARGUMENTS(g)	{ (g)[REG_RDI], (g)[REG_RSI], (g)[REG_R10] }
#else
# define BYTE_0_AT	10
# define RESULT		REG_EAX
# define ARGUMENTS(g)	{ (uint32_t)(g)[REG_EBX], (uint32_t)(g)[REG_ECX], (uint32_t)(g)[REG_ESI] }
#endif

typedef int (*target)(int);

target fp0 __static_call, fp1 __static_call, fp2 __static_call, fp3 __static_call;

__attribute__((noipa, used)) static int call_all(int a)
{
	return static_call(fp0)(a) + static_call(fp1)(a) + static_call(fp2)(a)
	       + static_call(fp3)(a);
}

#include TORTURE_SITES

static int f1(int a) { return 1 + 0 * a; }
static int f2(int a) { return 2 + 0 * a; }

static void update(target to)
{
	struct static_call_batch *batch = static_call_batch_begin();

	CHECK(batch);
	CHECK_IS(static_call_batch_update(batch, fp0, to), 0);
	CHECK_IS(static_call_batch_update(batch, fp1, to), 0);
	CHECK_IS(static_call_batch_update(batch, fp2, to), 0);
	CHECK_IS(static_call_batch_update(batch, fp3, to), 0);
	CHECK_IS(static_call_batch_commit(batch), 0);
}

static void call(int value)
{
	int i;

	for (i = 0; i < SITES; i++)
		CHECK_IS(sites[i](1), value);
}

/* Over byte 0, or over what stands behind a call. */
static unsigned char *spot(int i)
{
	return (unsigned char *)(uintptr_t)sites[i] + BYTE_0_AT + (i % 8 == 0 && i / 4 % 3 == 0 ? 6 : 0);
}

static unsigned char old[SITES];

/* Opened here, for the thread that this runs in may have descriptors of its own. */
static void put_byte(int i, unsigned char byte)
{
	int mem = open("/proc/self/mem", O_RDWR);

	CHECK(mem >= 0);
	CHECK_IS(pwrite(mem, &byte, 1, (off_t)(uintptr_t)spot(i)), 1);
	close(mem);
}

static void put_breakpoint(int i)
{
	old[i] = *spot(i);
	put_byte(i, 0xcc);
}

static unsigned char byte_at(int i)
{
	return *(volatile unsigned char *)spot(i);
}

/* Breakpoints of two kinds: those that stay, and those that come or go in the middle. */
static int stays(int i) { return i % 16 == 3; }
static int moves(int i) { return i % 16 == 0 || i % 16 == 9; }

static int come, go, moved[SITES];

/*
 * What others do just when @at is about to be written.  Not at the first write to a page,
 * which only tries whether it can be.
 */
static void moment(uintptr_t at)
{
	static unsigned char seen[4096];
	uintptr_t page = at / 4096;
	int i;

	if (!seen[page % 4096]++)
		return;
	for (i = 0; i < SITES; i++) {
		if (!moves(i) || moved[i] || (uintptr_t)spot(i) / 4096 != page)
			continue;
		moved[i] = 1;
		if (come)
			put_breakpoint(i);
		if (go)
			put_byte(i, old[i]);
	}
}

static void on_write(int sig, siginfo_t *info, void *ucontext)
{
	greg_t *gregs = ((ucontext_t *)ucontext)->uc_mcontext.gregs;
	const uintptr_t args[] = ARGUMENTS(gregs);
	const struct iovec *vec = (const struct iovec *)args[1];
	ssize_t n;

	(void)sig;
	(void)info;
	moment(args[2]);
	n = pwrite((int)args[0], vec->iov_base, vec->iov_len, (off_t)args[2]);
	gregs[RESULT] = n < 0 ? -errno : n;
}

/* The writer's call comes to on_write(), which does what it asks for. */
static void watch_writes(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pwritev, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = sizeof(filter) / sizeof(filter[0]), .filter = filter };
	struct sigaction action = { .sa_sigaction = on_write, .sa_flags = SA_SIGINFO };

	CHECK_IS(sigaction(SIGSYS, &action, NULL), 0);
	CHECK_IS(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	CHECK_IS(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

static void breakpoints(void)
{
	int i, found = 0;

	for (i = 0; i < SITES; i++)
		if (stays(i) || (go && moves(i)))
			put_breakpoint(i);
	if (come || go)
		watch_writes();
	update(f2);
	for (i = 0; i < SITES; i++) {
		if (go && moves(i)) {
			CHECK(moved[i]);
			CHECK_IS(byte_at(i), old[i]);
		}
		if (stays(i) || (come && moved[i])) {
			CHECK_IS(byte_at(i), 0xcc);
			put_byte(i, old[i]);
		}
		found += moved[i];
	}
	CHECK(found >= (come || go ? SITES / 16 : 0));
}

/* How many system calls that write this process has made; -1 if the kernel does not count. */
static long writes(void)
{
	FILE *file = fopen("/proc/self/io", "r");
	char line[80];
	long n = -1;

	while (file && fgets(line, sizeof(line), file))
		sscanf(line, "syscw: %ld", &n);
	if (file)
		fclose(file);
	return n;
}

static void count(void)
{
	long before = writes();

	if (before < 0) {
		puts("the kernel does not count");
		return;
	}
	update(f2);
	CHECK(writes() - before < SITES / 2);
}

static void *wait_there(void *stop)
{
	while (!__atomic_load_n((int *)stop, __ATOMIC_RELAXED))
		usleep(1000);
	return NULL;
}

/* This process is the tracer of the one that goes on. */
static void be_traced(void)
{
	pid_t child = fork(), pid;
	int status;

	CHECK(child >= 0);
	if (!child) {
		CHECK_IS(ptrace(PTRACE_TRACEME, 0, 0, 0), 0);
		raise(SIGSTOP);
		return;
	}
	while ((pid = waitpid(child, &status, 0)) == child && WIFSTOPPED(status)) {
		int sig = WSTOPSIG(status) == SIGSTOP ? 0 : WSTOPSIG(status);

		if (ptrace(PTRACE_CONT, child, 0, sig))
			exit(1);
	}
	exit(pid == child && WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	pthread_t thread;
	int stop = 0;

	alarm(60);
	if (!strcmp(what, "traced"))
		be_traced();
	update(f1);
	call(1);
	if (!strcmp(what, "thread"))
		CHECK_IS(pthread_create(&thread, NULL, wait_there, &stop), 0);
	come = !strcmp(what, "thread") || !strcmp(what, "traced");
	go = !strcmp(what, "leave");
	if (!strcmp(what, "count"))
		count();
	else
		breakpoints();
	call(2);
	if (!strcmp(what, "thread")) {
		__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
		CHECK_IS(pthread_join(thread, NULL), 0);
	}
	return 0;
}
