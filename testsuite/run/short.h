/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * short.h: memory from the kernel that becomes short when a test says so.
 *
 * A filter stops what the library asks the kernel for, and a handler counts and answers.
 */
#ifndef SHORT_H
#define SHORT_H

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include "check.h"

/* How many more maps there are; negative for any number. */
static volatile int maps_left = -1;

#ifdef __x86_64__
# define ARGUMENTS	{ REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9 }
# define REG_ANSWER	REG_RAX
#else
# define ARGUMENTS	{ REG_EBX, REG_ECX, REG_EDX, REG_ESI, REG_EDI, REG_EBP }
# define REG_ANSWER	REG_EAX
#endif

static void on_map(int sig, siginfo_t *info, void *ucontext)
{
	static const int at[6] = ARGUMENTS;
	greg_t *regs = ((ucontext_t *)ucontext)->uc_mcontext.gregs;
	long answer = -1;

	(void)sig;
	errno = ENOMEM;
	if (maps_left) {
		maps_left -= maps_left > 0;
		answer = syscall(info->si_syscall, regs[at[0]], regs[at[1]], regs[at[2]], regs[at[3]],
				 regs[at[4]], regs[at[5]]);
	}
	regs[REG_ANSWER] = answer == -1 ? -errno : answer;
}

/* The segment that is asked for. */
struct segment {
	uintptr_t in, start, end;
};

static int find_segment(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct segment *segment = arg;
	int i;

	(void)size;
	for (i = 0; i < info->dlpi_phnum; i++) {
		segment->start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
		segment->end = segment->start + info->dlpi_phdr[i].p_memsz;
		if (info->dlpi_phdr[i].p_type == PT_LOAD && segment->start <= segment->in &&
		    segment->in < segment->end)
			return 1;
	}
	return 0;
}

/* From now on memory can be short for the library that @function is in. */
static void memory_may_be_short(void *function)
{
	struct sigaction action = { .sa_sigaction = on_map, .sa_flags = SA_SIGINFO | SA_NODEFER };
	struct segment text = { .in = (uintptr_t)function };

	CHECK_IS(dl_iterate_phdr(find_segment, &text), 1);

	const uint64_t from = text.start, to = text.end;
	const uint32_t ip = offsetof(struct seccomp_data, instruction_pointer);
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
#ifdef SYS_mmap2
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap2, 1, 0),
#else
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 1, 0),
#endif
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mremap, 0, 6),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ip + 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(from >> 32), 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ip),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (uint32_t)from, 0, 2),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (uint32_t)to, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = sizeof(filter) / sizeof(*filter), .filter = filter };

	CHECK_IS(sigaction(SIGSYS, &action, NULL), 0);
	CHECK_IS(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	CHECK_IS(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program), 0);
}

#endif
