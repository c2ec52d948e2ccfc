/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * two_slot.c steps: a trampoline of PowerPC whose code holds far targets, in two slots.
 * two_slot.c torture UPDATES [emulated]: any trampoline, under three threads.
 * two_slot.c call TIMES: so often, for who counts instructions.
 */
#include <pthread.h>
#include <sys/mman.h>

#include "check.h"

#define TARGETS	6

typedef int (*target)(int);

static int near_one(int a) { return a + 1; }

DEFINE_STATIC_CALL(op, near_one);

__attribute__((noipa)) static int call(int a) { return static_call(op)(a) + 100; }
__attribute__((noipa)) static int tail(int a) { return static_call(op)(a); }

extern const uint32_t first[] __asm__("__SCT__op.cond");

#define NOP	0x60000000u

/* The trampoline's first instruction, for who looks in front of it too. */
static const uint32_t *tramp(void)
{
	const uint32_t *at = first;

	__asm__("" : "+r"(at));
	return at;
}

/* What a b in code leads to. */
static const uint32_t *led_to(const uint32_t *insn)
{
	CHECK((*insn & 0xfc000003) == 0x48000000);
	return insn + ((int32_t)(*insn << 6) >> 8);
}

/* Its nth slot, from 1. */
static const uint32_t *slot(unsigned int n)
{
	return led_to(tramp() - 3 - n);
}

static uint32_t held(const uint32_t *code)
{
	CHECK_IS(code[0] >> 16, 0x3d80);
	CHECK_IS(code[1] >> 16, 0x398c);
	return (code[0] << 16) + (uint32_t)(int16_t)code[1];
}

static target far[TARGETS];

/* Functions that return 1000, 1001, ..., on both sides of where addi becomes negative. */
static void make_far(void)
{
	const size_t size = 3 << 16;
	uintptr_t at = ((uintptr_t)near_one ^ (uintptr_t)FAR) & ~0xffffu;
	char *code = mmap((void *)at, size, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	static const uint32_t offsets[TARGETS] = {
		0, 0x7ff8, 0x8000, 0xfff8, 0x10000, 0x1fff0,
	};
	unsigned int i;

	CHECK((void *)code == (void *)at);
	for (i = 0; i < TARGETS; i++) {
		uint32_t *function = (uint32_t *)(code + offsets[i]);

		/* li r3, 1000 + i; blr */
		function[0] = 0x38600000 | (1000 + i);
		function[1] = 0x4e800020;
		FLUSH_CODE(function, function + 2);
		far[i] = (target)(uintptr_t)function;
	}
	CHECK_IS(mprotect(code, size, PROT_READ | PROT_EXEC), 0);
}

static unsigned int waits;

static void wait_none(void)
{
	waits++;
}

/* Puts the other slot out of use while the first one is waited for. */
static void wait_and_update(void)
{
	waits++;
	CHECK_IS(static_call_update(op, far[4]), 0);
}

static void check_far(unsigned int i, const uint32_t *where)
{
	CHECK_IS(call(1), 1100 + i);
	CHECK_IS(tail(1), 1000 + i);
	CHECK_IS(stats().patched, 0);
	CHECK(where ? led_to(tramp()) == where : *tramp() == NOP);
	if (where)
		CHECK_IS(held(where), far[i]);
}

static void steps(void)
{
	CHECK(led_to(tramp()) == (void *)near_one);
	CHECK_IS(static_call_grace_period(wait_none), 0);
	CHECK_IS(waits, 0);
	op = far[0];
	check_far(0, slot(1));
	op = far[1];
	check_far(1, slot(2));
	CHECK_IS(held(slot(1)), far[0]);
	/* Both may be executed still. */
	op = far[2];
	check_far(2, NULL);
	CHECK_IS(held(slot(1)), far[0]);
	CHECK_IS(held(slot(2)), far[1]);
	CHECK_IS(static_call_grace_period(wait_none), 0);
	CHECK_IS(waits, 1);
	check_far(2, slot(1));
	CHECK_IS(static_call_grace_period(wait_none), 0);
	CHECK_IS(waits, 1);

	/* Out of use by what needs no slot. */
	op = NULL;
	CHECK(*tramp() == NOP);
	CHECK_IS(tail(7), 7);
	op = near_one;
	CHECK(led_to(tramp()) == (void *)near_one);
	CHECK_IS(call(1), 102);
	op = (target)(void *)__static_call_return0;
	CHECK(*tramp() == NOP);
	CHECK_IS(call(1), 100);
	op = far[3];
	check_far(3, slot(2));
	CHECK_IS(held(slot(1)), far[2]);

	/* Slot 2 goes out of use too late for this period. */
	CHECK_IS(static_call_grace_period(wait_and_update), 0);
	CHECK_IS(waits, 2);
	check_far(4, NULL);
	CHECK_IS(held(slot(2)), far[3]);
	CHECK_IS(static_call_grace_period(wait_none), 0);
	CHECK_IS(waits, 3);
	check_far(4, slot(1));

	op = far[5];
	check_far(5, slot(2));
}

/* What a call can return by turns; far ones before and behind each other kind. */
static const int values[] = { 1000, 1001, 2, 1002, 1003, 0, 1004, 1005, 1, 1001 };

#define VALUES	(sizeof(values) / sizeof(values[0]))

static target target_of(unsigned long n)
{
	int value = values[n % VALUES];

	return value >= 1000 ? far[value - 1000] :
	       value == 2    ? near_one :
	       value == 1    ? NULL : (target)(void *)__static_call_return0;
}

#define CALLERS	2

static unsigned long begun, complete, rounds[CALLERS], stale;
static int stop, emulated;

static int one_of(unsigned long from, unsigned long to, int value)
{
	for (; from <= to; from++)
		if (values[from % VALUES] == value)
			return 1;
	return 0;
}

static void *execute(void *arg)
{
	unsigned long *round = arg, from, to, calls = 0;
	int value;

	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		from = __atomic_load_n(&complete, __ATOMIC_SEQ_CST);
		value = calls++ & 1 ? tail(1) : call(1) - 100;
		to = __atomic_load_n(&begun, __ATOMIC_SEQ_CST);
		if (one_of(from, to, value))
			;
		/* It may go on for a while with what it has translated. */
		else if (emulated && one_of(0, VALUES - 1, value))
			__atomic_add_fetch(&stale, 1, __ATOMIC_SEQ_CST);
		else {
			fprintf(stderr, "%d is not the value of any target\n", value);
			exit(1);
		}
		/* Outside of all trampolines. */
		__atomic_add_fetch(round, 1, __ATOMIC_SEQ_CST);
	}
	return (void *)calls;
}

static void wait_for_rounds(void)
{
	unsigned long before[CALLERS];
	unsigned int i;

	for (i = 0; i < CALLERS; i++)
		before[i] = __atomic_load_n(&rounds[i], __ATOMIC_SEQ_CST);
	for (i = 0; i < CALLERS; i++)
		while (__atomic_load_n(&rounds[i], __ATOMIC_SEQ_CST) - before[i] < 2)
			sched_yield();
	waits++;
}

static void torture(unsigned long updates)
{
	unsigned long n, in_slot = 0, calls = 0;
	pthread_t callers[CALLERS];
	unsigned int i;
	void *made;

	CHECK_IS(static_call_update(op, target_of(0)), 0);
	for (i = 0; i < CALLERS; i++)
		CHECK_IS(pthread_create(&callers[i], NULL, execute, &rounds[i]), 0);
	for (n = 1; n <= updates; n++) {
		__atomic_store_n(&begun, n, __ATOMIC_SEQ_CST);
		CHECK_IS(static_call_update(op, target_of(n)), 0);
		__atomic_store_n(&complete, n, __ATOMIC_SEQ_CST);
		if (n % 3 == 0)
			CHECK_IS(static_call_grace_period(wait_for_rounds), 0);
		in_slot += values[n % VALUES] >= 1000 && *tramp() != NOP;
	}
	stop = 1;
	for (i = 0; i < CALLERS; i++) {
		CHECK_IS(pthread_join(callers[i], &made), 0);
		calls += (unsigned long)made;
	}
	printf("%lu updates, %lu to a slot, %u grace periods, %lu calls, %lu stale\n", updates,
	       in_slot, waits, calls, stale);
}

int main(int argc, char **argv)
{
	unsigned long times = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;

	emulated = argc > 3 && !strcmp(argv[3], "emulated");
	make_far();
	if (!strcmp(argv[1], "steps")) {
		steps();
	} else if (!strcmp(argv[1], "torture")) {
		torture(times);
	} else {
		op = far[0];
		while (times--)
			call(1);
	}
	return 0;
}
