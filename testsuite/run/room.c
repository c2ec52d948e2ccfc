/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * room.c: a sandbox answers system calls by a handler of SIGSYS, which needs much stack and
 * makes an assignment itself; an update asks in a thread apart.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <ucontext.h>

#include "deny.h"
#include "updater.h"

DEFINE_STATIC_CALL(its, one);

static int handled;

static void answer(int sig, siginfo_t *info, void *ucontext)
{
	greg_t *gregs = ((ucontext_t *)ucontext)->uc_mcontext.gregs;
	volatile char much[100 << 10];
	unsigned int i;

	(void)sig;
	for (i = 0; i < sizeof(much); i += 1024)
		much[i] = 1;
	its = its == one ? two : one;
	handled++;
	CHECK_IS(info->si_syscall, SYS_openat);
#ifdef __x86_64__
	gregs[REG_RAX] = syscall(SYS_openat2, (int)gregs[REG_RDI], gregs[REG_RSI],
				 &(uint64_t[3]){ (uint64_t)gregs[REG_RDX] & ~O_LARGEFILE }, 24);
	gregs[REG_RAX] = gregs[REG_RAX] < 0 ? -errno : gregs[REG_RAX];
#else
	gregs[REG_EAX] = syscall(SYS_openat2, gregs[REG_EBX], gregs[REG_ECX],
				 &(uint64_t[3]){ (uint64_t)gregs[REG_EDX] & ~O_LARGEFILE }, 24);
	gregs[REG_EAX] = gregs[REG_EAX] < 0 ? -errno : gregs[REG_EAX];
#endif
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = answer, .sa_flags = SA_SIGINFO };
	struct sock_filter filter[] = {
		LOAD(offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 1),
		ANSWER(SECCOMP_RET_TRAP),
		YES,
	};

	alarm(30);
	CHECK_IS(sigaction(SIGSYS, &action, NULL), 0);
	updater_start();
	deny_filter(filter, sizeof(filter) / sizeof(filter[0]));
	usleep(200 * 1000);
	updater_end();
	CHECK(handled > 0);
	CHECK_IS(its(1), its == one ? 2 : 3);
	puts("done");
	return 0;
}
