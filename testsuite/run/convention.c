/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * convention.c: a unit whose own functions are called otherwise than the library's.  Nor are
 * those of libc called as it says, so this calls none.
 */
#include "staticcall.h"

#define CHECK_IS(expression, value)	do { if ((expression) != (value)) return __LINE__; } while (0)

static int add(int a, int b) { return a + b; }
static int sub(int a, int b) { return a - b; }

struct ops {
	int (*read)(int, int);
	int (*write)(int, int);
};

int (*op)(int, int) __static_call = add;
int (*other)(int, int) __static_call = add;
struct ops ops __static_call = { add, sub };
static const struct ops swapped = { sub, add };
static int ten(void) { return 10; }

/* What takes arguments from the stack has no NULL that does nothing. */
DEFINE_STATIC_CALL_NULL(tell, ten);

/* Values that are in registers while the library is called. */
__attribute__((noipa)) static int stores(int a, int b)
{
	int c = a * b;

	op = sub;
	other = sub;
	c += op(a, b);
	ops = swapped;
	c += ops.read(c, b) + ops.write(a, c);
	ops.read = add;
	return c * ops.read(a, b) + other(c, a);
}

__attribute__((noipa)) static int api(int a, int b)
{
	struct static_call_batch *batch = static_call_batch_begin();
	int c = a * b;

	c += static_call_batch_update(batch, op, add);
	c += static_call_batch_update(batch, other, add);
	c += static_call_batch_commit(batch);
	c += static_call_update(ops.read, sub);
	static_call_batch_abort(static_call_batch_begin());
	static_call_cond(tell)();
	static_call_update(tell, ten);
	return c + static_call(tell)() + op(a, b) + other(a, b) + ops.read(a, b);
}

static __static_call_convention int look(const struct static_call_site_info *info, void *arg)
{
	int *seen = arg;

	*seen += 1;
	return info->slot ? 0 : __LINE__;
}

static __static_call_convention void wait(void)
{
}

int main(void)
{
	struct static_call_stats stats;
	int seen = 0;

	CHECK_IS(op(7, 3) + other(7, 3) + ops.read(7, 3) + ops.write(7, 3), 34);
	/* 21 + 4; 25 + 22 + 32; 79 * 10 + 72 */
	CHECK_IS(stores(7, 3), 862);
	CHECK_IS(api(7, 3), 21 + 10 + 10 + 10 + 4);
	CHECK_IS(static_call_grace_period(wait), 0);
	CHECK_IS(static_call_stats(&stats), 0);
	CHECK_IS(static_call_for_each_site(look, &seen), 0);
	CHECK_IS((int)stats.sites, seen);
	static_call_seal();
	CHECK_IS(static_call_update(op, sub) < 0, 1);
	return 0;
}
