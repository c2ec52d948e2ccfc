/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * conventions.c: a unit that options compile for other conventions than the library's.  It
 * calls nothing of libc.
 */
#include <staticcall.h>

typedef int fn(int, int);

__attribute__((noipa)) static int add(int a, int b) { return a + b; }
__attribute__((noipa)) static int sub(int a, int b) { return a - b; }

DEFINE_STATIC_CALL(op, add);
DEFINE_STATIC_CALL(other, add);

static struct ops {
	fn *first, *second;
} ops __static_call = { add, sub };

static const struct ops turned = { sub, add };
static int failed;

static void check(int value, int expected)
{
	failed |= value != expected;
}

/* With values that have to be kept over what the library does. */
__attribute__((noipa)) static int work(int x)
{
	int kept = x * 7;

	op = sub;
	kept += op(kept, x);
	ops = turned;
	kept += ops.first(kept, x) * 2;
	op = add;
	other = sub;
	kept += op(x, kept) + other(kept, x);
	check(static_call_update(op, sub), 0);
	kept += static_call(op)(kept, x);
	return kept;
}

static int plain(int x)
{
	int kept = x * 7;

	kept += kept - x;
	kept += (kept - x) * 2;
	kept += x + kept + kept - x;
	return kept + kept - x;
}

static void check_batch(void)
{
	struct static_call_batch *batch = static_call_batch_begin();

	check(static_call_batch_update(batch, op, add), 0);
	check(static_call_batch_update(batch, other, add), 0);
	check(static_call_batch_commit(batch), 0);
	check(op(3, 2) + other(3, 2), 10);
}

#ifdef __x86_64__
static __STATIC_CALL_BACK int count(const struct static_call_site_info *info, void *n)
{
	(void)info;
	++*(int *)n;
	return 0;
}

static void check_sites(void)
{
	int n = 0;

	check(static_call_for_each_site(count, &n), 0);
	check(n >= 7, 1);
}
#else
static void check_sites(void) { }
#endif

int main(void)
{
	struct static_call_stats stats;

	check(work(5), plain(5));
	check_batch();
	check(static_call_stats(&stats), 0);
	check(stats.size == sizeof(stats), 1);
	check_sites();
	return failed;
}
