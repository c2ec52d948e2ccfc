/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wrong_sites.c: records that do not point at a call of their own trampoline.
 * Their bytes must never change; the good site among them, a jump, is patched.
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "site.h"

typedef long (*target)(long);

target fp __static_call, other __static_call;

/* In descending order, too, which no linker makes. */
__asm__(".text\n"
	".globl first_site, last_wrong, good_site\n"
	SITE_ALIGN
	"first_site:\n"
	"nops:	" SITE_NOPS
	SITE_ALIGN
	"indirect: " SITE_INDIRECT
	SITE_ALIGN
	SITE_INSN_CALL("other_tramp", "__SCT__other")
	SITE_ALIGN
	SITE_INSN_CALL("call_as_tail", "__SCT__fp")
	SITE_ALIGN
	SITE_INSN_JUMP("tail_as_call", "__SCT__fp")
	SITE_ALIGN
	"trap:	" SITE_TRAP
	SITE_ALIGN
	"last_wrong:\n"
	SITE_FUNCTION("good")
	SITE_INSN_JUMP("good_site", "__SCT__fp")
	SITE_ALIGN
	RECORD("good_site", "fp", "1")
	RECORD("trap", "fp", "0")
	RECORD("tail_as_call", "fp", "0")
	RECORD("call_as_tail", "fp", "1")
	RECORD("other_tramp", "fp", "0")
	RECORD("indirect", "fp", "0")
	RECORD("nops", "fp", "0")
	RECORD("in_data", "other", "0")
	".data\n"
	SITE_ALIGN
	SITE_INSN_CALL("in_data", "__SCT__other")
	".text\n");

extern char first_site[], last_wrong[], good_site[];
long good(long), trap(long);

static long one(long a) { return a + 1; }
static long two(long a) { return a + 2; }

__attribute__((noipa)) static long call_fp(long a) { return fp(a) + 100; }
__attribute__((noipa)) static long call_other(long a) { return other(a) + 100; }

static int count(const struct static_call_site_info *info, void *arg)
{
	int is_good = (TAIL_CALLS && info->addr == good_site) || info->addr == site_in(call_fp, "fp").addr ||
		      info->addr == site_in(call_other, "other").addr;

	CHECK_IS(info->state, is_good ? STATIC_CALL_SITE_DIRECT : STATIC_CALL_SITE_ON_TRAMP);
	++*(int *)arg;
	return 0;
}

/* What the breakpoint in the program's own code does without us, as no site is there. */
static void check_trap(void)
{
#ifdef TRAP_ENTER
	int status;
	pid_t child = fork();

	CHECK(child >= 0);
	if (!child) {
		signal(SIGTRAP, SIG_DFL);
		CHECK_IS(static_call_update(fp, one), 0);
		CHECK_IS(static_call_update(fp, NULL), 0);
		trap(1);
		_exit(0);
	}
	CHECK_IS(waitpid(child, &status, 0), child);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTRAP);
#endif
}

int main(void)
{
	size_t size = (size_t)(last_wrong - first_site);
	char before[256];
	int n = 0;

	CHECK(size < sizeof(before));
	memcpy(before, first_site, size);
	CHECK_IS(stats().sites, 9);
	/* Both are NULL yet. */
	CHECK_IS(stats().tramp, 9);
	CHECK_IS(static_call_update(fp, one), 0);
	CHECK_IS(good(1), 2);
	CHECK_IS(static_call_update(fp, two), 0);
	CHECK_IS(static_call_update(other, two), 0);
	CHECK_IS(stats().tramp, TAIL_CALLS ? 6 : 7);
	CHECK_IS(good(1), 3);
	CHECK_IS(call_fp(1) + call_other(1), 206);
	CHECK_IS(is_jump(good_site, (void *)two), TAIL_CALLS);
	CHECK(!memcmp(first_site, before, size));
	CHECK_IS(static_call_for_each_site(count, &n), 0);
	CHECK_IS(n, 9);
	check_trap();
	return 0;
}
