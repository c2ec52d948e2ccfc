/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * deny.h: ways to take a process the right to change its text.
 *
 * With DENY=names in the environment they are in force before any constructor,
 * else from deny() on: "mprotect", "ioctl", "membarrier" and its command "sync_core" by a filter,
 * "mdwe" by the kernel's own switch, "dumpable", and "proc", that is /proc gone.  "wx" is
 * not denied but deadly, and "advice" is taken, but nothing is done about it.
 */
#ifndef DENY_H
#define DENY_H

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/membarrier.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "check.h"

#ifndef PR_SET_MDWE
# define PR_SET_MDWE		65
# define PR_MDWE_REFUSE_EXEC_GAIN 1
#endif

/* Of arguments, which have 64 bits, the low half. */
#define LOW_HALF	(__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4 : 0)
#define LOAD(offset)	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define ANSWER(value)	BPF_STMT(BPF_RET | BPF_K, (value))
#define NO		ANSWER(SECCOMP_RET_ERRNO | 1)
#define YES		ANSWER(SECCOMP_RET_ALLOW)

static inline void deny_filter(struct sock_filter *filter, unsigned short n)
{
	struct sock_fprog program = { .len = n, .filter = filter };

	CHECK_IS(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	CHECK_IS(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program), 0);
}

/* As systemd's MemoryDenyWriteExecute= does it. */
static inline void deny_mprotect(void)
{
	struct sock_filter filter[] = {
		LOAD(offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 0, 3),
		LOAD(offsetof(struct seccomp_data, args[2]) + LOW_HALF),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),
		NO,
		YES,
	};

	deny_filter(filter, sizeof(filter) / sizeof(filter[0]));
}

/* Not that it is there, nor that it may be asked for: only the command itself. */
static inline void deny_sync_core(void)
{
	struct sock_filter filter[] = {
		LOAD(offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 3),
		LOAD(offsetof(struct seccomp_data, args[0]) + LOW_HALF),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE,
			 0, 1),
		NO,
		YES,
	};

	deny_filter(filter, sizeof(filter) / sizeof(filter[0]));
}

/* Ends whoever as much as tries to have memory that is writable and executable. */
static inline void deny_wx(void)
{
	struct sock_filter filter[] = {
		LOAD(offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 0, 4),
		LOAD(offsetof(struct seccomp_data, args[2]) + LOW_HALF),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, PROT_WRITE | PROT_EXEC),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PROT_WRITE | PROT_EXEC, 0, 1),
		ANSWER(SECCOMP_RET_KILL_PROCESS),
		YES,
	};

	deny_filter(filter, sizeof(filter) / sizeof(filter[0]));
}

/* As before Linux 6.11, which has no query of a single mapping. */
static inline void deny_ioctl(void)
{
	struct sock_filter filter[] = {
		LOAD(offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 0, 1),
		ANSWER(SECCOMP_RET_ERRNO | ENOTTY),
		YES,
	};

	deny_filter(filter, sizeof(filter) / sizeof(filter[0]));
}

/* As an emulator may take a hint, that is: not. */
static inline void deny_advice(void)
{
	struct sock_filter filter[] = {
		LOAD(offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_madvise, 0, 1),
		ANSWER(SECCOMP_RET_ERRNO | 0),
		YES,
	};

	deny_filter(filter, sizeof(filter) / sizeof(filter[0]));
}

static inline void deny_membarrier(void)
{
	struct sock_filter filter[] = {
		LOAD(offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
		NO,
		YES,
	};

	deny_filter(filter, sizeof(filter) / sizeof(filter[0]));
}

/* Root may open /proc/self/mem all the same, so not as root. */
static inline void deny_dumpable(void)
{
	if (!geteuid())
		CHECK_IS(setresuid(65534, 65534, 65534), 0);
	CHECK_IS(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), 0);
}

/* Into an empty folder: root may, and so may anybody in a user namespace of one's own. */
static inline void deny_proc(void)
{
	if (geteuid())
		CHECK_IS(unshare(CLONE_NEWUSER), 0);
	CHECK(getenv("EMPTY_FOLDER"));
	CHECK_IS(chroot(getenv("EMPTY_FOLDER")), 0);
	CHECK_IS(chdir("/"), 0);
}

static inline void deny(const char *names)
{
	if (strstr(names, "mprotect"))
		deny_mprotect();
	if (strstr(names, "membarrier"))
		deny_membarrier();
	if (strstr(names, "wx"))
		deny_wx();
	if (strstr(names, "ioctl"))
		deny_ioctl();
	if (strstr(names, "advice"))
		deny_advice();
	if (strstr(names, "sync_core"))
		deny_sync_core();
	if (strstr(names, "mdwe"))
		CHECK_IS(prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0), 0);
	if (strstr(names, "dumpable"))
		deny_dumpable();
	if (strstr(names, "proc"))
		deny_proc();
}

static void deny_early(int argc, char **argv, char **envp)
{
	(void)argc;
	(void)argv;
	environ = envp;		/* libc has not been initialized yet */
	for (; *envp; envp++)
		if (!strncmp(*envp, "DENY=", 5))
			deny(*envp + 5);
}

static void (*const deny_first)(int, char **, char **)
	__attribute__((used, section(".preinit_array"))) = deny_early;

#endif
