/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trap.c CASE: what becomes of SIGTRAP.
 *
 * The breakpoints of an update last for microseconds; here the test writes
 * them itself, over the opcode of a site, and leaves them there.  With a handler of
 * the program's these would be the program's own, so then a filter of system calls stops
 * an update where the cores are synchronized, and sites are executed there.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/membarrier.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
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
	SITE_HEAD
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
extern char call_head[], call_site[], tail_site[], bare_site[], conditions_end[];

static long one(long a) { return 2 * a + 1; }
static long two(long a) { return 2 * a + 2; }

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
	unsigned char call = *call_site, tail = *tail_site;
	unsigned long traps = stats().traps;

	write_byte(call_site, 0xcc);
	write_byte(tail_site, 0xcc);
	CHECK_IS(call_fp(20), 41);
	CHECK_IS(tail_fp(20), 41);
	CHECK_IS(stats().traps, traps + 2);
	write_byte(call_site, call);
	write_byte(tail_site, tail);
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
			write_byte(site, 0xcc);
			CHECK_IS(function(flags), plain);
			write_byte(site, 0x0f);
		}
		entry = site + 1;
	}
}

#ifndef AT_MINSIGSTKSZ
# define AT_MINSIGSTKSZ	51
#endif

#ifdef __x86_64__
# define REG_RESULT	REG_RAX
# define REG_NEXT	REG_RIP
#else
# define REG_RESULT	REG_EAX
# define REG_NEXT	REG_EIP
#endif

static int stopped;

static target wanted;

static void update(target next)
{
	wanted = next;
	CHECK_IS(__static_call_update(&fp, next), 0);
}

/*
 * In the middle of an update a breakpoint leads to what the pointer holds; a site that
 * changes as a word is ahead of it.
 */
static target called_at(const char *site)
{
	const char *poke = getenv("STATICCALL_POKE");
	bool words = poke && strcmp(poke, "int3");

	return words && (uintptr_t)site % 8 <= 8 - 5 ? wanted : fp;
}

static void on_sync(int sig, siginfo_t *info, void *ucontext)
{
	(void)sig;
	(void)info;
	((ucontext_t *)ucontext)->uc_mcontext.gregs[REG_RESULT] = 0;
	CHECK_IS(call_fp(20), called_at(call_site)(20));
	CHECK_IS(tail_fp(20), called_at(tail_site)(20));
	stopped++;
}

static void stop_at_sync(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 5),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
			 MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[1])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = 8, .filter = filter };
	struct sigaction action = { .sa_sigaction = on_sync, .sa_flags = SA_SIGINFO };

	CHECK_IS(sigaction(SIGSYS, &action, NULL), 0);
	CHECK_IS(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	CHECK_IS(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program), 0);
}

/* Breakpoints of an update pass the program's handler by. */
static void check_in_batch(void)
{
	unsigned long traps = stats().traps;
	static int filtered;

	if (!filtered++)
		stop_at_sync();
	stopped = 0;
	update(two);
	CHECK(stopped >= 2);
	CHECK(stats().traps >= traps + 2);
	update(one);
	CHECK_IS(call_fp(20), 41);
	CHECK_IS(tail_fp(20), 41);
}

static volatile int handled;	/* raise() is a leaf, says glibc */
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
	update(two);
	update(one);
}

/* The program's own breakpoint over a site: its handler takes it away and goes back. */
static void handle_own(int sig, siginfo_t *info, void *ucontext)
{
	greg_t *gregs = ((ucontext_t *)ucontext)->uc_mcontext.gregs;

	(void)sig;
	(void)info;
	CHECK_IS(gregs[REG_NEXT], (long)call_head + 1);
	write_byte(call_head, SITE_BYTE_0);
	gregs[REG_NEXT] = (greg_t)call_head;
	handled++;
}

static void check_own(void)
{
	install(NULL, handle_own);
	flip();
	write_byte(call_head, 0xcc);
	CHECK_IS(call_fp(20), 41);
	CHECK_IS(handled, 1);
	check_in_batch();
	CHECK_IS(handled, 1);
}

/* Once, and then what there is without a handler. */
static void check_reset(void)
{
	struct sigaction action = { .sa_handler = handle, .sa_flags = SA_RESETHAND };

	CHECK_IS(sigaction(SIGTRAP, &action, NULL), 0);
	flip();
	check_in_batch();
	CHECK_IS(raise(SIGTRAP), 0);
	CHECK_IS(handled, 1);
	CHECK_IS(sigaction(SIGTRAP, &action, NULL), 0);
	flip();
	CHECK_IS(raise(SIGTRAP), 0);
	CHECK_IS(handled, 2);
	puts("once");
	fflush(stdout);
	raise(SIGTRAP);
}

/* What was there before is put back, and called as if nobody had come between. */
static void check_restored(void)
{
	struct sigaction first;

	install(handle, NULL);
	first = before;
	flip();
	CHECK_IS(raise(SIGTRAP), 0);
	CHECK_IS(handled, 1);
	CHECK_IS(sigaction(SIGTRAP, &first, NULL), 0);
	flip();
	puts("once");
	fflush(stdout);
	raise(SIGTRAP);
}

/* A handler without SA_ONSTACK runs where it was interrupted, and is told what happened. */
static char stack[65536];

static void handle_here(int sig, siginfo_t *info, void *ucontext)
{
	char *here = __builtin_frame_address(0);

	CHECK(here < stack || here >= stack + sizeof(stack));
	CHECK(sig == SIGTRAP && info->si_signo == SIGTRAP && ucontext);
	handled++;
}

static void check_stack(void)
{
	stack_t other = { .ss_sp = stack, .ss_size = sizeof(stack) };

	CHECK_IS(sigaltstack(&other, NULL), 0);
	install((void (*)(int))(void *)handle_here, NULL);
	flip();
	CHECK_IS(raise(SIGTRAP), 0);
	CHECK_IS(handled, 1);
	check_in_batch();
}

/* What a breakpoint takes of a stack is little beyond the kernel's own frame. */
static void check_room(void)
{
	stack_t other = { .ss_sp = stack, .ss_size = sizeof(stack) };
	size_t frame = getauxval(AT_MINSIGSTKSZ), used;
	const char *low = stack;

	CHECK_IS(sigaltstack(&other, NULL), 0);
	memset(stack, 0x55, sizeof(stack));
	check_calls();
	while (*low == 0x55)
		low++;
	used = (size_t)(stack + sizeof(stack) - low);
	printf("%zu of the kernel's, %zu used\n", frame, used);
	CHECK(used > 256 && used <= frame + 256);
}

/* A handler may be interrupted by the signal that it handles, if it has said so. */
static void handle_nested(int sig)
{
	if (++handled == 1) {
		CHECK_IS(raise(sig), 0);
		CHECK_IS(handled, 2);
	}
}

static void check_nested(void)
{
	struct sigaction action = { .sa_handler = handle_nested, .sa_flags = SA_NODEFER };

	CHECK_IS(sigaction(SIGTRAP, &action, NULL), 0);
	flip();
	CHECK_IS(raise(SIGTRAP), 0);
	CHECK_IS(handled, 2);
	check_in_batch();
}

/* Different handlers without end: at last there are no breakpoints any more. */
#define HANDLERS	100

static void check_many(void)
{
	struct sigaction action = { .sa_handler = handle };
	int i;

	for (i = 0; i < HANDLERS; i++) {
		sigemptyset(&action.sa_mask);
		sigaddset(&action.sa_mask, i % 29 + 33);
		sigaddset(&action.sa_mask, i / 29 + 1);
		CHECK_IS(sigaction(SIGTRAP, &action, NULL), 0);
		flip();
		CHECK_IS(call_fp(20), 41);
		CHECK_IS(raise(SIGTRAP), 0);
		CHECK_IS(handled, i + 1);
	}
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
	check_in_batch();
	__asm__ volatile("int3");
	CHECK_IS(raise(SIGTRAP), 0);
	CHECK_IS(handled, 2);

	install(NULL, handle_info);
	flip();
	check_in_batch();
	__asm__ volatile("int3");
	CHECK_IS(handled, 3);

	install(handle_and_leave, NULL);
	flip();
	leave_by_jump();
	CHECK_IS(handled, 8);
	check_in_batch();
}

/* A handler that asks the one before it, which is ours, before it is asked by ours. */
static void check_mutual(void)
{
	handled = 0;
	flip();
	install(NULL, handle_and_ask);
	flip();
	check_in_batch();
	__asm__ volatile("int3");
	CHECK_IS(handled, 11);
}

/* What is ignored stays so, also for programs that are executed: there is no handler of ours. */
static void check_ignored(void)
{
	struct sigaction found;

	install(SIG_IGN, NULL);
	update(two);
	CHECK_IS(call_fp(20), 42);
	CHECK_IS(tail_fp(20), 42);
	CHECK_IS(site_in(call_site, "fp").state, STATIC_CALL_SITE_DIRECT);
	CHECK_IS(raise(SIGTRAP), 0);
	CHECK_IS(sigaction(SIGTRAP, NULL, &found), 0);
	CHECK(found.sa_handler == SIG_IGN);
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";

	update(one);
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
	} else if (!strcmp(name, "own")) {
		check_own();
	} else if (!strcmp(name, "reset")) {
		check_reset();
	} else if (!strcmp(name, "restored")) {
		check_restored();
	} else if (!strcmp(name, "stack")) {
		check_stack();
	} else if (!strcmp(name, "room")) {
		check_room();
	} else if (!strcmp(name, "nested")) {
		check_nested();
	} else if (!strcmp(name, "many")) {
		check_many();
	} else if (!strcmp(name, "default")) {
		__asm__ volatile("int3");
	} else if (!strcmp(name, "ignored")) {
		check_ignored();
		puts("still here");
		fflush(stdout);
		__asm__ volatile("int3");
	} else {
		return 2;
	}
	return 0;
}
