/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * together.c: stores one after another, which are one update.  The argument says what they meet:
 * "plain" nothing, "barrier" a page that its handler makes writable, "sealed" the end.
 */
#include <signal.h>
#include <sys/mman.h>

#include "check.h"

typedef int (*target)(int);

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }
static int three(int a) { return a + 3; }

static target first __static_call = one, second __static_call = one;
static target table[3] __static_call = { one, one, one };
target never_called __static_call = one;

static struct {
	target fp;
	char rest[65536 - sizeof(target)];
} page __attribute__((aligned(65536))) __static_call = { one, "" };

__attribute__((noipa)) static int call(int a)
{
	return first(a) + 10 * second(a) + 100 * table[1](a) + 1000 * table[2](a) +
	       10000 * page.fp(a);
}

__attribute__((noipa)) static void set(target a, target b, unsigned int i)
{
	first = a;
	second = three;
	table[1] = b;
	never_called = b;
	second = b;
	table[i] = a;
	page.fp = a;
}

static volatile sig_atomic_t faults;
static void *guarded;	/* taken by itself the address would escape */

static void on_fault(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	faults++;
	CHECK(info->si_addr == guarded);
	CHECK_IS(mprotect(guarded, sizeof(page), PROT_READ | PROT_WRITE), 0);
}

static void guard_page(void)
{
	struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO };

	guarded = (void *)(uintptr_t)site_in(call, "page.fp").slot;
	CHECK_IS(sigaction(SIGSEGV, &action, NULL), 0);
	CHECK_IS(mprotect(guarded, sizeof(page), PROT_READ), 0);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "plain";
	struct static_call_stats before, after;

	CHECK_IS(call(1), 22222);
	CHECK_IS(stats().patched, stats().sites);
	if (!strcmp(what, "barrier"))
		guard_page();
	if (!strcmp(what, "sealed"))
		static_call_seal();

	before = stats();
	set(two, three, 2);
	after = stats();
	CHECK_IS(call(1), 33443);
	CHECK(never_called == three);
	CHECK_IS(faults, !strcmp(what, "barrier"));
	CHECK_IS(after.patched, after.sites);
	/* Of each, and all at once. */
	CHECK_IS(after.updates - before.updates, 7);
	CHECK_IS(after.batches, before.batches);
	CHECK(after.syncs - before.syncs <= 3);

	set(one, two, 0);
	CHECK_IS(call(1), 23332);
	return 0;
}
