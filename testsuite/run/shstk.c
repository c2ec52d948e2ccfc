/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * shstk.c: with a user shadow stack no breakpoint is used.
 *
 * Linked statically with --wrap=__static_call_syscall, which pretends that there is one.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "check.h"
#include "syscall.h"
#include "site.h"

typedef long (*target)(long);

target fp __static_call;

__asm__(".text\n"
	".balign 8\n"
	"whole:\n"
	SITE_INSN_JUMP("whole_site", "__SCT__fp")
	".balign 8\n"
	".nops 4\n"
	"split:\n"
	SITE_INSN_JUMP("split_site", "__SCT__fp")
	RECORD("whole_site", "fp", "1")
	RECORD("split_site", "fp", "1"));

long whole(long), split(long);
extern char whole_site[], split_site[];

static long one(long a) { return a + 1; }

/* The plugin's site lies in one word. */
__attribute__((noipa)) static long call(long a) { return fp(a) + 100; }

SYSCALL(number, a)
{
	if (number == SYS_arch_prctl && a[0] == 0x5005) {
		*(unsigned long *)a[1] = 1;
		return 0;
	}
	return real_syscall(number, a);
}

int main(void)
{
	struct static_call_stats now = stats();
	struct sigaction action;

	CHECK_IS(static_call_update(fp, one), 0);
	CHECK_IS(whole(1) + split(1) + call(1), 106);
	CHECK(!is_jump(split_site, (void *)one));
	CHECK_IS(is_jump(whole_site, (void *)one), !strcmp(now.poke, "aligned8"));
	CHECK_IS(sigaction(SIGTRAP, NULL, &action), 0);
	CHECK(action.sa_handler == SIG_DFL);
	printf("%s %d\n", now.poke, (int)stats().patched);
	return 0;
}
