/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * foreign.c CASE: somebody else has written to a site.
 *
 * patch	another instruction: no update, and nothing changes, until it has gone
 * assign	the same, for an assignment, which says it and ends the process
 * breakpoint	a debugger's: every update is made, and it stays
 * word		where a site is one word, it is left alone until it is ours again
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"

typedef long (*target)(long);

static long one(long a) { return a + 1; }
static long two(long a) { return a + 2; }

target fp __static_call = one, other __static_call = one;

__attribute__((noipa)) static long call_fp(long a) { return static_call(fp)(a) + 100; }
__attribute__((noipa)) static long jump_fp(long a) { return static_call(fp)(a); }
__attribute__((noipa)) static long call_other(long a) { return other(a) + 100; }

/* What a debugger does: the text is read-only again afterwards. */
static void put(void *at, const void *bytes, size_t size)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), lo = (uintptr_t)at & ~(page - 1);
	size_t len = (uintptr_t)at + size - lo;

	CHECK_IS(mprotect((void *)lo, len, PROT_READ | PROT_WRITE | PROT_EXEC), 0);
	memcpy(at, bytes, size);
	CHECK_IS(mprotect((void *)lo, len, PROT_READ | PROT_EXEC), 0);
	FLUSH_CODE((char *)at, (char *)at + size);
}

static unsigned char *site(target function)
{
	return (unsigned char *)(uintptr_t)site_in((void *)function, "fp").addr;
}

#define RETURN0	((target)(void *)__static_call_return0)

#if defined(__x86_64__) || defined(__i386__)

static int update_both(target func)
{
	struct static_call_batch *batch = static_call_batch_begin();

	CHECK(batch);
	CHECK_IS(static_call_batch_update(batch, other, func), 0);
	CHECK_IS(static_call_batch_update(batch, fp, func), 0);
	return static_call_batch_commit(batch);
}

static target const targets[] = { two, NULL, one, RETURN0, two, RETURN0, NULL, one };
#define TARGETS	(int)(sizeof(targets) / sizeof(targets[0]))

static const unsigned char patch[] = { 0x90, 0x90, 0x90, 0x90, 0x90 };

/* At each part of the site, in each form that it may have. */
static void check_patch(target function)
{
	unsigned char *at = site(function), old[6], seen[6];
	int i, byte;

	for (i = 0; i < TARGETS; i++) {
		CHECK_IS(static_call_update(fp, targets[i]), 0);
		CHECK_IS(static_call_update(other, two), 0);
		for (byte = -1; byte < 5; byte += i ? 3 : 1) {
			memcpy(old, at - 1, sizeof(old));
			put(at + byte, at[byte] == 0x90 ? "\x91" : "\x90", 1);
			memcpy(seen, at - 1, sizeof(seen));
			CHECK_IS(update_both(targets[i] == one ? two : one), -EBUSY);
			CHECK(!memcmp(at - 1, seen, sizeof(seen)));
			CHECK(static_call_query(fp) == targets[i]);
			CHECK_IS(call_other(1), 103);
			put(at - 1, old, sizeof(old));
		}
	}
	CHECK_IS(update_both(one), 0);
	CHECK_IS(call_fp(1) + call_other(1), 204);

	/* As it was compiled is right, too. */
	at = site(function);
	CHECK_IS(static_call_update(fp, NULL), 0);
	memcpy(old, at, 5);
	CHECK_IS(static_call_update(fp, two), 0);
	memcpy(seen, at, 5);
	put(at, old, 5);
	CHECK_IS(static_call_update(fp, one), -EBUSY);
	put(at, seen, 5);
	CHECK_IS(static_call_update(fp, one), 0);
}

static void check_assignment(void)
{
	put(site(call_fp), patch, sizeof(patch));
	fp = two;
	puts("not reached");
}

static void check_breakpoint(target function)
{
	unsigned char *at = site(function), head = at[-1];
	int i, j;

	for (i = 0; i < TARGETS; i++) {
		for (j = 0; j < TARGETS; j++) {
			CHECK_IS(static_call_update(fp, targets[i]), 0);
			put(at - 1, "\xcc", 1);
			CHECK_IS(static_call_update(fp, targets[j]), 0);
			CHECK_IS(at[-1], 0xcc);
			put(at - 1, &head, 1);
			if (targets[j])
				CHECK_IS(jump_fp(1), targets[j](1));
			if (targets[j])
				CHECK_IS(call_fp(1), targets[j](1) + 100);
			CHECK_IS(site_in((void *)function, "fp").state,
				 targets[j] == NULL ? STATIC_CALL_SITE_NOP :
				 targets[j] == RETURN0 ? STATIC_CALL_SITE_RET0 :
				 STATIC_CALL_SITE_DIRECT);
		}
	}
}

static int run(const char *name)
{
	if (!strcmp(name, "patch")) {
		check_patch(call_fp);
		check_patch(jump_fp);
	} else if (!strcmp(name, "assign")) {
		check_assignment();
	} else if (!strcmp(name, "breakpoint")) {
		check_breakpoint(call_fp);
		check_breakpoint(jump_fp);
	}
	return 0;
}

#else

static void check_word(target function, long plus)
{
	void *at = site(function);
	uint32_t compiled, first, now, breakpoint = 0xdeadbeef;

	/* On its trampoline: what the file has. */
	CHECK_IS(static_call_update(fp, one), 0);
	memcpy(&first, at, 4);

	put(at, &breakpoint, 4);
	CHECK_IS(static_call_update(fp, two), 0);
	memcpy(&now, at, 4);
	CHECK(now == breakpoint);
	CHECK_IS(call_other(1), 102);

	/* What the debugger had found is stale, until the next update, of the same target even. */
	put(at, &first, 4);
	CHECK_IS(static_call_update(fp, two), 0);
	CHECK_IS(function(1), 3 + plus);

	/* While it is held, everybody else's calls follow. */
	put(at, &breakpoint, 4);
	CHECK_IS(static_call_update(fp, one), 0);
	CHECK_IS(static_call_update(fp, NULL), 0);
	CHECK_IS(static_call_update(fp, RETURN0), 0);
	memcpy(&compiled, at, 4);
	CHECK(compiled == breakpoint);
	put(at, &first, 4);
	CHECK_IS(static_call_update(fp, one), 0);
	CHECK_IS(function(1), 2 + plus);
}

static int run(const char *name)
{
	if (!strcmp(name, "word")) {
		check_word(call_fp, 100);
		check_word(jump_fp, 0);
	}
	return 0;
}

#endif

int main(int argc, char **argv)
{
	CHECK_IS(argc, 2);
	return run(argv[1]);
}
