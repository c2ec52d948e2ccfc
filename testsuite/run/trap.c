/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trap.c CASE: what becomes of SIGTRAP.
 *
 * The breakpoints of an update last for microseconds; here the test writes
 * them itself, over byte 0 of a site, and leaves them there.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <unistd.h>

#include "check.h"
#include "site.h"

typedef long (*target)(long);

target fp __static_call;

/* A call, a tail jump and all conditional jumps; the argument is the flags before the jump. */
__asm__(".text\n"
	".balign 8\n"
	".nops 6\n"		/* across two words: a breakpoint always */
	"call_fp:\n"
	"	" TRAP_ENTER "\n"
	"call_head: " SITE_HEAD
	"call_site: call __SCT__fp\n"
	"	" TRAP_LEAVE "\n"
	"	ret\n"
	"tail_fp:\n"
	"tail_head: " SITE_HEAD
	"tail_site: jmp __SCT__fp\n"
	"	.nops 3\n"
	"bare_site: jmp __SCT__fp\n"	/* without a byte 0 */
	RECORD("call_site", "fp", "0")
	RECORD("tail_site", "fp", "1")
	RECORD("bare_site", "fp", "1")
	".irp cc, o, no, b, nb, e, ne, be, nbe, s, ns, p, np, l, nl, le, nle\n"
	"	.balign 16\n"
	"	" TRAP_PUSH "\n"
	"	popf\n"
	SITE_HEAD
	"9999:	j\\cc	__SCT__fp\n"
	"	mov	$-1, %eax\n"
	"	ret\n"
	RECORD("9999b", "fp", "1")
	".endr\n"
	"conditions_end:\n");

long call_fp(long), tail_fp(long);
extern char call_head[], tail_head[], bare_site[], conditions_end[];

static long one(long a) { return 2 * a + 1; }

/* The plugin makes the key and the trampoline for this one. */
__attribute__((noipa, used)) static long call_by_c(long a) { return fp(a) + 100; }

static void write_byte(void *at, unsigned char byte)
{
	int fd = open("/proc/self/mem", O_RDWR);

	CHECK_IS(pwrite(fd, &byte, 1, (off_t)(uintptr_t)at), 1);
	CHECK_IS(close(fd), 0);
}

static void check_calls(void)
{
	unsigned long traps = stats().traps;

	write_byte(call_head, 0xcc);
	write_byte(tail_head, 0xcc);
	CHECK_IS(call_fp(20), 41);
	CHECK_IS(tail_fp(20), 41);
	CHECK_IS(stats().traps, traps + 2);
	write_byte(call_head, SITE_BYTE_0);
	write_byte(tail_head, SITE_BYTE_0);
	CHECK_IS(call_fp(20), 41);
	CHECK_IS(tail_fp(20), 41);
	CHECK_IS(stats().traps, traps + 2);
}

/* Each condition with each state of CF, PF, ZF, SF and OF. */
static void check_conditions(void)
{
	static const long bits[] = { 0x1, 0x4, 0x40, 0x80, 0x800 };
	const char *entry = conditions_end;
	unsigned int n, state, bit;
	long flags, plain;
	target function;
	char *site;

	for (n = 0; n < 16; n++) {
		site = (char *)site_in(n ? entry : bare_site + 1, "fp").addr;
		CHECK(site[0] == 0x0f && (site[1] & 0x0f) == (int)n);
		function = (target)(uintptr_t)(site - 1 - TRAP_PUSH_SIZE - 1);
		for (state = 0; state < 32; state++) {
			flags = 0x202;
			for (bit = 0; bit < 5; bit++)
				flags |= state >> bit & 1 ? bits[bit] : 0;
			plain = function(flags);
			CHECK(plain == (long)UINT32_MAX || plain == 2 * flags + 1);
			write_byte(site - 1, 0xcc);
			CHECK_IS(function(flags), plain);
			write_byte(site - 1, SITE_BYTE_0);
		}
		entry = site + 1;
	}
}

static int handled;
static struct sigaction before;
static sigjmp_buf back;

static void handle(int sig)
{
	CHECK_IS(sig, SIGTRAP);
	handled++;
}

static void handle_info(int sig, siginfo_t *info, void *ucontext)
{
	sigset_t blocked;

	CHECK(sig == SIGTRAP && info->si_signo == SIGTRAP && ucontext);
	CHECK_IS(sigprocmask(SIG_BLOCK, NULL, &blocked), 0);
	CHECK(sigismember(&blocked, SIGTRAP) && sigismember(&blocked, SIGUSR1));
	handled++;
}

static void handle_and_ask(int sig, siginfo_t *info, void *ucontext)
{
	handled += 10;
	before.sa_sigaction(sig, info, ucontext);
}

static void handle_and_leave(int sig)
{
	(void)sig;
	handled++;
	siglongjmp(back, 1);
}

static void install(void (*plain)(int), void (*info)(int, siginfo_t *, void *))
{
	struct sigaction action = { .sa_handler = plain };

	if (info) {
		action.sa_sigaction = info;
		action.sa_flags = SA_SIGINFO;
	}
	sigaddset(&action.sa_mask, SIGUSR1);
	CHECK_IS(sigaction(SIGTRAP, &action, &before), 0);
}

static void flip(void)
{
	CHECK_IS(__static_call_update(&fp, NULL), 0);
	CHECK_IS(__static_call_update(&fp, one), 0);
}

/* The program's handler leaves by a jump, again and again. */
static void leave_by_jump(void)
{
	volatile int i;

	for (i = 0; i < 5; i++)
		if (!sigsetjmp(back, 1))
			__asm__ volatile("int3");
}

/* The program's handler comes before ours: in the way until the next update. */
static void check_chain(void)
{
	struct sigaction now;

	install(handle, NULL);
	flip();
	CHECK_IS(sigaction(SIGTRAP, NULL, &now), 0);
	CHECK(now.sa_handler != handle);
	check_calls();
	__asm__ volatile("int3");
	CHECK_IS(raise(SIGTRAP), 0);
	CHECK_IS(handled, 2);

	install(NULL, handle_info);
	flip();
	check_calls();
	__asm__ volatile("int3");
	CHECK_IS(handled, 3);

	install(handle_and_leave, NULL);
	flip();
	leave_by_jump();
	CHECK_IS(handled, 8);
	check_calls();
}

/* A handler that asks the one before it, which is ours, before it is asked by ours. */
static void check_mutual(void)
{
	handled = 0;
	flip();
	install(NULL, handle_and_ask);
	flip();
	check_calls();
	__asm__ volatile("int3");
	CHECK_IS(handled, 11);
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";

	CHECK_IS(__static_call_update(&fp, one), 0);
	CHECK_IS(site_in(bare_site, "fp").state, STATIC_CALL_SITE_ON_TRAMP);
	check_calls();
	if (!strcmp(name, "emulate")) {
		check_conditions();
	} else if (!strcmp(name, "chain")) {
		check_chain();
	} else if (!strcmp(name, "mutual")) {
		install(handle, NULL);
		flip();
		check_mutual();
	} else if (!strcmp(name, "default")) {
		__asm__ volatile("int3");
	} else if (!strcmp(name, "ignored")) {
		install(SIG_IGN, NULL);
		flip();
		CHECK_IS(raise(SIGTRAP), 0);
		check_calls();
		puts("still here");
		fflush(stdout);
		__asm__ volatile("int3");
	} else {
		return 2;
	}
	return 0;
}
