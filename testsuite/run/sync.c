/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sync.c: a whole object is assigned, and every pointer in it followed, as one batch. */
#include "check.h"

struct ops {
	long before;
	int (*get)(int);
	int (*put)(int);
	struct {
		char pad;
		int (*list[2])(int);
	} inner;
};

static int one(int a) { return a + 1; }
static int two(int a) { return a + 2; }

static struct ops ops __static_call = { 7, one, one, { 'x', { one, one } } };
static const struct ops all_two = { 8, two, two, { 'y', { two, two } } };
static const struct ops some_null = { 9, NULL, one, { 'z', { NULL, one } } };
static int (*outside)(int) __static_call = one;

__attribute__((noipa)) static int get(void) { return (ops.get ? ops.get(1) : 0) + 100; }
__attribute__((noipa)) static int put(void) { return ops.put(1) + 100; }
__attribute__((noipa)) static int list0(void) { return static_call_cond(ops.inner.list[0])(1) + 100; }
__attribute__((noipa)) static int list1(void) { return ops.inner.list[1](1) + 100; }
__attribute__((noipa)) static int out(void) { return outside(1) + 100; }

/* Not from a constant: the compiler would assign member by member. */
__attribute__((noipa)) static void assign(const struct ops *from)
{
	ops = *from;
}

/* Functions whose addresses differ in few bytes, of which some are copied. */
__attribute__((noipa, aligned(65536))) static int even(int a) { return a + 3; }
__attribute__((noipa, aligned(65536))) static int odd(int a) { return a + 4; }
static int (*bytes)(int) __static_call = even;
static int (*const source)(int) = odd;
__attribute__((noipa)) static int by_bytes(void) { return bytes(1) + 100; }

__attribute__((noipa)) static void copy_bytes(size_t n)
{
	memcpy((char *)&bytes + 1, (const char *)&source + 1, n);
}

/* Where the linker is told to export it, others may name it; nobody can store to it. */
const long constant = 5;

int main(void)
{
	struct static_call_stats before, after;

	/* The byte at the lowest address is the same, be it the first or the last one. */
	CHECK_IS(by_bytes(), 104);
	copy_bytes(sizeof(void *) - 1);
	CHECK_IS(by_bytes(), 105);

	CHECK_IS(get() + put() + list0() + list1() + out(), 5 * 102);
	CHECK_IS(stats().escaped, 0);
	before = stats();
	assign(&all_two);
	after = stats();
	CHECK_IS(get() + put() + list0() + list1(), 4 * 103);
	CHECK_IS(after.updates - before.updates, 4);
	CHECK_IS(after.syncs - before.syncs, !strcmp(after.poke, "int3") ? 3 : WORD_SYNCS);
	CHECK_IS(ops.before, 8);

	assign(&some_null);
	CHECK_IS(put() + list1(), 2 * 102);
	CHECK_IS(site_in(get, "ops.get").state, STATIC_CALL_SITE_NOP);
	CHECK_IS(site_in(list0, "ops.inner.list[0]").state, STATIC_CALL_SITE_NOP);

	/* Nothing there, or a size that reaches beyond all pointers. */
	__static_call_sync(&before, sizeof(before));
	__static_call_sync(NULL, 0);
	__static_call_sync((const void *)4096, (size_t)-8192);
	CHECK_IS(out(), 102);
	return 0;
}
