/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fault.c CASE: an assignment to a pointer in memory that is write-protected, and system
 * calls of an update that a filter has a signal handler answer: what plain C would do.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include "check.h"

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }
static int six(int a) { return a + 6; }

/* On a page of its own. */
struct {
	int (*op)(int);
	char rest[65536 - sizeof(void *)];
} far_page __static_call __attribute__((aligned(65536))) = { .op = one };

/*
 * The same by a name that the linker gives it: who takes the address of a pointer, or names it
 * in assembly, has it left alone.
 */
extern char page[];

DEFINE_STATIC_CALL(other, one);
DEFINE_STATIC_CALL(third, one);

/* Nobody defines it: there is a key of it, and nothing to read. */
extern int (*absent)(int) __attribute__((weak)) __static_call;

__attribute__((noipa)) static int call(int a) { return far_page.op(a) + 100; }
__attribute__((noipa)) static int call_other(int a) { return other(a) + 100; }
__attribute__((noipa)) static int call_third(int a) { return third(a) + 100; }

static volatile sig_atomic_t handled, nested_error, by_child;
static sigjmp_buf back;

static void protect(int prot)
{
	CHECK_IS(mprotect(page, sizeof(far_page), prot), 0);
}

/* A collector's write barrier; this one makes updates itself. */
static void on_write(int sig, siginfo_t *info, void *ucontext)
{
	(void)sig;
	(void)ucontext;
	CHECK((char *)info->si_addr == page);
	protect(PROT_READ | PROT_WRITE);
	handled++;
	other = handled % 2 ? two : one;
	CHECK_IS(call_other(1), handled % 2 ? 103 : 102);
	errno = 55;
}

static void leave(int sig)
{
	(void)sig;
	handled++;
	siglongjmp(back, 1);
}

static void *update_elsewhere(void *arg)
{
	CHECK_IS(static_call_update(other, six), 0);
	CHECK_IS(call_other(1), 107);
	return arg;
}

static void install(int sig, void (*fn)(int, siginfo_t *, void *), void (*plain)(int))
{
	struct sigaction action = { .sa_handler = plain };

	if (fn) {
		action.sa_sigaction = fn;
		action.sa_flags = SA_SIGINFO;
	}
	CHECK_IS(sigaction(sig, &action, NULL), 0);
}

static void barrier(void)
{
	struct static_call_batch *batch;
	int i;

	install(SIGSEGV, on_write, NULL);
	for (i = 1; i <= 20; i++) {
		protect(PROT_READ);
		if (i % 3 == 0) {
			far_page.op = i % 2 ? two : one;
		} else if (i % 3 == 1) {
			CHECK_IS(static_call_update(far_page.op, i % 2 ? two : one), 0);
		} else {
			batch = static_call_batch_begin();
			CHECK_IS(static_call_batch_update(batch, far_page.op, i % 2 ? two : one), 0);
			CHECK_IS(static_call_batch_commit(batch), 0);
		}
		CHECK_IS(handled, i);
		CHECK_IS(call(1), i % 2 ? 103 : 102);
		CHECK_IS(call_other(1), i % 2 ? 103 : 102);
	}
}

/* The handler leaves by a jump: nothing has changed, and nothing is locked. */
static void jump(void)
{
	pthread_t thread;

	install(SIGSEGV, NULL, leave);
	protect(PROT_READ);
	if (!sigsetjmp(back, 1)) {
		far_page.op = two;
		CHECK(0);
	}
	CHECK_IS(handled, 1);
	CHECK_IS(call(1), 102);
	other = two;
	CHECK_IS(call_other(1), 103);
	CHECK_IS(pthread_create(&thread, NULL, update_elsewhere, NULL), 0);
	CHECK_IS(pthread_join(thread, NULL), 0);
	protect(PROT_READ | PROT_WRITE);
	far_page.op = six;
	CHECK_IS(call(1), 107);
}

/*
 * A sandbox whose handler answers what the filter stops.  It assigns to static calls
 * in the middle of an update: calls follow when that is done.
 */
static void on_system_call(int sig, siginfo_t *info, void *ucontext)
{
	greg_t *gregs = ((ucontext_t *)ucontext)->uc_mcontext.gregs;

	(void)sig;
	(void)info;
#ifdef __x86_64__
	gregs[REG_RAX] = -EACCES;
#else
	gregs[REG_EAX] = -EACCES;
#endif
	if (!by_child) {
		other = handled % 2 ? six : two;
	} else if (!vfork()) {
		/* It has the memory and the stack of who is in the update, and another number. */
		other = handled % 2 ? six : two;
		_exit(0);
	}
	nested_error = static_call_update(third, two);
	CHECK(call_third(1) == 102 || call_third(1) == 107);
	CHECK(stats().sites);
	handled++;
}

static void sandbox(int vforks)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = 4, .filter = filter };
	int i;

	if (&absent)
		CHECK_IS(absent(1), 2);
	by_child = vforks;
	install(SIGSYS, on_system_call, NULL);
	CHECK_IS(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	CHECK_IS(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program), 0);
	for (i = 0; i < 20; i++) {
		handled = i;
		/* By the other writer in the end. */
		far_page.op = i % 2 ? one : two;
		CHECK(handled > i);
		CHECK_IS(nested_error, -EBUSY);
		CHECK_IS(call(1), i % 2 ? 102 : 103);
		CHECK_IS(call_other(1), (handled - 1) % 2 ? 107 : 103);
	}
	CHECK_IS(call_third(1), 102);
	third = six;
	CHECK_IS(call_third(1), 107);
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";

	if (!strcmp(name, "barrier"))
		barrier();
	else if (!strcmp(name, "jump"))
		jump();
	else if (!strcmp(name, "sandbox") || !strcmp(name, "sandbox-vfork"))
		sandbox(strlen(name) > strlen("sandbox"));
	else
		return 2;
	return 0;
}
