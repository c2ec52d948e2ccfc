/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * debugger.h: a thread that plays debugger with the sites of torture_x86.h.
 *
 * It puts breakpoints over byte 0 of sites and over what stands behind calls, in the
 * same word as they do, finds them there a while later, and takes them away.  Whoever
 * meets one goes on by a handler of the program's, which does what the file says:
 * it calls, or jumps to, the trampoline.
 */
#ifndef DEBUGGER_H
#define DEBUGGER_H

#include <fcntl.h>
#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

#ifdef __x86_64__
# define BYTE_0_AT	7	/* from where the function begins */
# define IP		REG_RIP
# define SP		REG_RSP
#else
# define BYTE_0_AT	10
# define IP		REG_EIP
# define SP		REG_ESP
#endif

#define TRAMPOLINE(n)							\
	extern char tramp##n[] __asm__("__SCT__fp" #n ".cond")		\
		__attribute__((visibility("hidden")))
TRAMPOLINE(0);
TRAMPOLINE(1);
TRAMPOLINE(2);
TRAMPOLINE(3);

static char *const tramps[KEYS] = { tramp0, tramp1, tramp2, tramp3 };
static unsigned long put, met, lost;

static unsigned char *byte_0(unsigned int i)
{
	return (unsigned char *)(uintptr_t)sites[i] + BYTE_0_AT;
}

/* The last of the sites, which are ascending, whose byte 0 is not behind @at. */
static unsigned int site_of(const unsigned char *at)
{
	unsigned int lo = 0, hi = SITES;

	while (hi - lo > 1) {
		if (byte_0((lo + hi) / 2) <= at)
			lo = (lo + hi) / 2;
		else
			hi = (lo + hi) / 2;
	}
	return lo;
}

static void on_breakpoint(int sig, siginfo_t *info, void *ucontext)
{
	greg_t *gregs = ((ucontext_t *)ucontext)->uc_mcontext.gregs;
	unsigned char *at = (unsigned char *)gregs[IP] - 1;
	unsigned int i = site_of(at), kind = i / 4 % 3;

	(void)sig;
	(void)info;
	__atomic_add_fetch(&met, 1, __ATOMIC_RELAXED);
	if (at == byte_0(i) + 6 && kind == 0) {	/* ret */
		gregs[IP] = *(greg_t *)gregs[SP];
		gregs[SP] += (greg_t)sizeof(greg_t);
		return;
	}
	if (at != byte_0(i))
		abort();
	if (kind == 2 && gregs[REG_EFL] & 0x40) {
		gregs[IP] = (greg_t)(at + 7);
		return;
	}
	if (kind == 0) {
		gregs[SP] -= (greg_t)sizeof(greg_t);
		*(greg_t *)gregs[SP] = (greg_t)(at + 6);
	}
	gregs[IP] = (greg_t)tramps[i % KEYS];
}

static void put_byte(int fd, unsigned char *at, unsigned char byte)
{
	if (pwrite(fd, &byte, 1, (off_t)(uintptr_t)at) != 1)
		abort();
}

static void expect(unsigned char *at, unsigned char byte, const char *what)
{
	unsigned char found = __atomic_load_n(at, __ATOMIC_SEQ_CST);

	if (found != byte && __atomic_add_fetch(&lost, 1, __ATOMIC_SEQ_CST) <= 10)
		fprintf(stderr, "%02x at %p, %s\n", found, (void *)at, what);
}

#define AT_ONCE		8

static void *play_debugger(void *unused)
{
	unsigned char *at[AT_ONCE], old[AT_ONCE];
	int fd = open("/proc/self/mem", O_RDWR), n;
	unsigned int i = 1;

	(void)unused;
	if (fd < 0)
		abort();
	__atomic_add_fetch(&started, 1, __ATOMIC_RELAXED);
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		for (n = 0; n < AT_ONCE; n++) {
			/* Each site now and then, no two at once. */
			i = (i + 37) % SITES;
			at[n] = byte_0(i) + (n & 1 && i / 4 % 3 == 0 ? 6 : 0);
			old[n] = at[n] == byte_0(i) ? SITE_BYTE_0 : 0xc3;
			expect(at[n], old[n], "not what had been put back");
			put_byte(fd, at[n], 0xcc);
			put++;
		}
		usleep(put / AT_ONCE % 8 * 20);
		for (n = 0; n < AT_ONCE; n++) {
			expect(at[n], 0xcc, "where a breakpoint stood");
			put_byte(fd, at[n], old[n]);
		}
	}
	close(fd);
	return NULL;
}

static void start_debugger(pthread_t *thread)
{
	struct sigaction action = {
		.sa_sigaction = on_breakpoint, .sa_flags = SA_SIGINFO | SA_NODEFER,
	};

	sigaction(SIGTRAP, &action, NULL);
	check(!pthread_create(thread, NULL, play_debugger, NULL), "no debugger");
}

static void end_debugger(pthread_t thread)
{
	unsigned int i;

	check(!pthread_join(thread, NULL), "no end");
	for (i = 0; i < SITES; i++)
		expect(byte_0(i), SITE_BYTE_0, "at the end");
	printf("%lu breakpoints, met %lu times, %lu lost\n", put, met, lost);
	check(put && met && !lost, "breakpoints were lost");
}

#endif
