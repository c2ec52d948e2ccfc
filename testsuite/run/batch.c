/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * batch.c: updates that take effect together; how many core-synchronizing
 * calls and mprotect() calls they need; what they leave behind in the mappings.
 *
 * Linked statically with --wrap=__static_call_syscall, to count.
 */
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <unistd.h>

#include "check.h"
#include "syscall.h"

#define POINTERS	64

typedef int (*target)(int);

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }
static int three(int a) { return a + 3; }

static target table[POINTERS] __static_call;
static target other __static_call = one;
static target unused __static_call = one;

#define C1(n)	sum += table[n](1);
#define C4(n)	C1(n) C1(n + 1) C1(n + 2) C1(n + 3)
#define C16(n)	C4(n) C4(n + 4) C4(n + 8) C4(n + 12)

__attribute__((noipa)) static int call_all(void)
{
	int sum = 0;

	C16(0) C16(16) C16(32) C16(48)
	return sum;
}

__attribute__((noipa)) static int call_other(void) { return other(1) + 100; }

static unsigned int mprotects, writes;

SYSCALL(number, a)
{
	mprotects += number == SYS_mprotect;
	writes += number == SYS_pwritev;
	return real_syscall(number, a);
}

#define SET(batch, i, func) __static_call_batch_update((batch), &table[i], (void *)(func))

static void update_all(target func)
{
	struct static_call_batch *batch = static_call_batch_begin();
	int i;

	CHECK(batch);
	for (i = 0; i < POINTERS; i++)
		CHECK_IS(SET(batch, i, func), 0);
	CHECK_IS(static_call_batch_commit(batch), 0);
}

static unsigned int mappings(unsigned int *writable_code)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	unsigned int n = 0;
	char line[512];

	*writable_code = 0;
	CHECK(maps);
	while (fgets(line, sizeof(line), maps)) {
		*writable_code += strstr(line, " rwx") != NULL;
		n++;
	}
	fclose(maps);
	return n;
}

static int emulated;

static void check_syncs(void)
{
	struct static_call_stats before = stats(), after;
	int words = !!strcmp(before.poke, "int3"), direct = !strcmp(before.writer, "mprotect");
	unsigned int passes;

	mprotects = writes = 0;
	update_all(two);
	after = stats();
	CHECK_IS(after.syncs - before.syncs, words ? WORD_SYNCS : 3);
	CHECK_IS(after.batches - before.batches, 1);
	CHECK_IS(after.updates - before.updates, POINTERS);
	/* Where the kernel does not say what is mapped it is done by pages. */
	CHECK(direct && emulated ? mprotects >= 2 : mprotects == (direct ? 2 : 0));
	/* A site is a write in each pass, and nothing between them is written; pages are proven. */
	passes = words ? 1 : 3;
	CHECK(direct ? !writes : writes >= passes * POINTERS && writes < passes * POINTERS + 16);
	CHECK_IS(call_all(), 3 * POINTERS);

	/* What is so already costs nothing. */
	mprotects = writes = 0;
	update_all(two);
	CHECK_IS(stats().syncs, after.syncs);
	CHECK_IS(mprotects + writes, 0);
}

static void check_rules(void)
{
	struct static_call_batch *batch;
	int i;

	/* Nothing changes before the commit, or after an abort. */
	batch = static_call_batch_begin();
	CHECK_IS(static_call_batch_update(batch, other, three), 0);
	CHECK_IS(call_other(), 102);
	static_call_batch_abort(batch);
	CHECK_IS(call_other(), 102);
	CHECK(static_call_query(other) == one);

	/* The last update of a pointer counts; one that nobody calls is stored. */
	batch = static_call_batch_begin();
	CHECK_IS(static_call_batch_update(batch, other, three), 0);
	CHECK_IS(static_call_batch_update(batch, unused, three), 0);
	CHECK_IS(static_call_batch_update(batch, unused, two), 0);
	CHECK_IS(static_call_batch_update(batch, other, two), 0);
	CHECK_IS(static_call_batch_commit(batch), 0);
	CHECK_IS(call_other(), 103);
	CHECK(static_call_query(unused) == two);

	/* More than the first page of a batch, and more than the next. */
	batch = static_call_batch_begin();
	for (i = 0; i < 100000; i++) {
		target func = i % 2 ? one : two;

		CHECK_IS(SET(batch, i % POINTERS, func), 0);
	}
	CHECK_IS(SET(batch, 0, three), 0);
	CHECK_IS(static_call_batch_commit(batch), 0);
	CHECK_IS(call_all(), POINTERS / 2 * 5 + 1);

	/* Two at once, an empty one, none. */
	batch = static_call_batch_begin();
	CHECK_IS(static_call_batch_commit(static_call_batch_begin()), 0);
	CHECK_IS(static_call_batch_commit(batch), 0);
	static_call_batch_abort(NULL);
}

int main(int argc, char **argv)
{
	unsigned int before, after, writable, i;

	(void)argv;
	emulated = argc > 1;

	update_all(one);
	check_syncs();
	check_rules();

	before = mappings(&writable);
	for (i = 0; i < 200; i++) {
		update_all(i % 2 ? one : three);
		CHECK_IS(call_all(), (i % 2 ? 2 : 4) * POINTERS);
	}
	after = mappings(&writable);
	CHECK_IS(after, before);
	CHECK_IS(writable, 0);
	return 0;
}
