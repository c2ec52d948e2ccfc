/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * torture.c BATCHES: two threads execute more than a thousand sites without a pause
 * while a third one updates their pointers.
 *
 * Every call must have called a target that was in force at some time during
 * the call: what it returns is compared with the last update that had been
 * committed before the call and the last one that had been begun after it.
 *
 * The sites are calls, tail jumps and conditional tail jumps, at every offset
 * in a cache line, and across the borders of lines and of pages.  The targets
 * are functions, NULL, __static_call_return0 and a function out of reach.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "staticcall.h"
#include "site.h"

#define KEYS		4
#define SITES		1152
#define NOTHING		1000	/* what a call that calls nothing leaves in %eax */
#define NOT_TAKEN	2000

typedef int (*target)(int);

target fp0, fp1, fp2, fp3;
KEY(fp0);
KEY(fp1);
KEY(fp2);
KEY(fp3);

/*
 * Site i is of key i % 4 and kind i / 4 % 3.  Most are moved through a line
 * byte by byte; the last 16 go across the borders of 16 pages.
 */
__asm__(".text\n"
	".macro site_entry at\n"
	"	.pushsection .data.rel.local, \"aw\", @progbits\n"
	"	.quad \\at\n"
	"	.popsection\n"
	".endm\n"
	".macro one fp, kind\n"
	".if \\kind == 0\n"
	"9999:	call __SCT__\\fp\n"
	"	ret\n"
	".elseif \\kind == 1\n"
	"9999:	jmp __SCT__\\fp\n"
	".else\n"
	"9999:	jne __SCT__\\fp\n"
	"	mov $2000, %eax\n"
	"	ret\n"
	".endif\n"
	".pushsection .static_call_sites, \"ao\", @progbits, .text\n"
	"	.balign 4\n"
	"	.long 9999b - .\n"
	".if \\kind == 0\n"
	"	.long __SCK__\\fp - .\n"
	".else\n"
	"	.long __SCK__\\fp - . + 1\n"
	".endif\n"
	".popsection\n"
	".endm\n"
	".pushsection .data.rel.local, \"aw\", @progbits\n"
	".balign 8\n"
	"sites:\n"
	".popsection\n"
	".set i, 0\n"
	".rept 1152\n"
	".if i < 1136\n"
	"	.balign 64\n"
	"	.nops i % 64 + 1\n"
	".else\n"
	"	.balign 4096\n"
	"	.skip 4080 + i % 8\n"
	".endif\n"
	"9998:	mov $1000, %eax\n"	/* 5 bytes */
	"	test %edi, %edi\n"	/* 2 bytes */
	"	site_entry 9998b\n"
	".if i % 4 == 0\n"
	"	one fp0, (i/4%3)\n"
	".elseif i % 4 == 1\n"
	"	one fp1, (i/4%3)\n"
	".elseif i % 4 == 2\n"
	"	one fp2, (i/4%3)\n"
	".else\n"
	"	one fp3, (i/4%3)\n"
	".endif\n"
	".set i, i + 1\n"
	".endr\n");

extern target sites[SITES];
static target *const slots[KEYS] = { &fp0, &fp1, &fp2, &fp3 };

static int f1(int a) { return 1 + 0 * a; }
static int f2(int a) { return 2 + 0 * a; }
static int f3(int a) { return 3 + 0 * a; }
static int f4(int a) { return 4 + 0 * a; }
static int f5(int a) { return 5 + 0 * a; }

/* The targets by turns, and what a call of each gives. */
#define TARGETS		8
static target targets[TARGETS] = { f1, NULL, f2, (target)(void *)__static_call_return0, f3, NULL,
				   f4, f5 };
static const int values[TARGETS] = { 1, NOTHING, 2, 0, 3, 77, 4, 5 };

/* Per key: the updates that have been begun, and those that are complete. */
static unsigned long begun[KEYS], complete[KEYS];
static unsigned long violations, calls, exact;
static int stop;

static int valid(unsigned long from, unsigned long to, int value)
{
	for (; from <= to; from++)
		if (values[from % TARGETS] == value)
			return 1;
	return 0;
}

static void check_call(unsigned int i, int taken, unsigned long *checked, unsigned long *tight)
{
	unsigned int key = i % KEYS;
	unsigned long from, to;
	int value;

	from = __atomic_load_n(&complete[key], __ATOMIC_SEQ_CST);
	value = sites[i](taken);
	to = __atomic_load_n(&begun[key], __ATOMIC_SEQ_CST);

	++*checked;
	*tight += to - from < TARGETS - 1;
	if (i / 4 % 3 == 2 && !taken ? value == NOT_TAKEN : valid(from, to, value))
		return;
	if (__atomic_add_fetch(&violations, 1, __ATOMIC_SEQ_CST) <= 10)
		fprintf(stderr, "site %u at %p gave %d, updates %lu to %lu\n", i,
			(void *)sites[i], value, from, to);
}

static void *execute(void *arg)
{
	unsigned long checked = 0, tight = 0;
	unsigned int i = arg ? SITES / 2 : 0;

	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		check_call(i, checked % 7 != 0, &checked, &tight);
		i = (i + 1) % SITES;
	}
	__atomic_add_fetch(&calls, checked, __ATOMIC_SEQ_CST);
	__atomic_add_fetch(&exact, tight, __ATOMIC_SEQ_CST);
	return NULL;
}

static void check(int ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "torture: %s\n", what);
		exit(1);
	}
}

/* A function out of reach of all sites: mov $77, %eax; ret */
static void make_far(void)
{
	static const unsigned char code[] = { 0xb8, 77, 0, 0, 0, 0xc3 };
	uintptr_t here = (uintptr_t)make_far, at;
	void *page;

	at = (here ^ (UINT64_C(1) << 40)) & ~UINT64_C(4095);
	page = mmap((void *)at, 4096, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	check(page != MAP_FAILED, "no memory far away");
	memcpy(page, code, sizeof(code));
	check(!mprotect(page, 4096, PROT_READ | PROT_EXEC), "no executable memory");
	targets[5] = (target)page;
}

static void update_one(unsigned int key)
{
	unsigned long n = begun[key] + 1;

	__atomic_store_n(&begun[key], n, __ATOMIC_SEQ_CST);
	check(!__static_call_update(slots[key], (void *)targets[n % TARGETS]), "update failed");
	__atomic_store_n(&complete[key], n, __ATOMIC_SEQ_CST);
}

static void update_all(void)
{
	struct static_call_batch *batch = static_call_batch_begin();
	unsigned int key;

	check(batch != NULL, "no batch");
	for (key = 0; key < KEYS; key++) {
		__atomic_add_fetch(&begun[key], 1, __ATOMIC_SEQ_CST);
		check(!__static_call_batch_update(batch, slots[key],
						  (void *)targets[begun[key] % TARGETS]),
		      "batch full");
	}
	check(!static_call_batch_commit(batch), "commit failed");
	for (key = 0; key < KEYS; key++)
		__atomic_store_n(&complete[key], begun[key], __ATOMIC_SEQ_CST);
}

int main(int argc, char **argv)
{
	unsigned long batches = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000, i;
	struct static_call_stats stats;
	pthread_t threads[2];
	unsigned int key;

	make_far();
	for (key = 0; key < KEYS; key++)
		check(!__static_call_update(slots[key], (void *)targets[0]), "update failed");
	for (i = 0; i < 2; i++)
		check(!pthread_create(&threads[i], NULL, execute, i ? &stop : NULL), "no thread");
	for (i = 0; i < batches; i++) {
		if (i % 4 == 3)
			update_one(i / 4 % KEYS);
		else
			update_all();
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	for (i = 0; i < 2; i++)
		check(!pthread_join(threads[i], NULL), "no end");

	static_call_stats(&stats);
	check(stats.sites == SITES, "sites are missing");
	printf("poke %s, writer %s: %lu batches over %lu sites, %lu calls checked (%lu within a "
	       "round of targets), %lu traps, %lu syncs, %lu violations\n", stats.poke, stats.writer,
	       batches, (unsigned long)stats.sites, calls, exact, (unsigned long)stats.traps,
	       (unsigned long)stats.syncs, violations);
	return violations || !calls || !exact;
}
