/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Everything that staticcall.h offers, in the common part of all the C and C++ it serves. */
#include <staticcall.h>
#include <staticcall/abi.h>

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static void nothing(void)
{
}

static int (*plain)(int) __static_call = one;
static DEFINE_STATIC_CALL(op, one);
static DEFINE_STATIC_CALL_NULL(null, nothing);
static DEFINE_STATIC_CALL_RET0(zero, one);
DECLARE_STATIC_CALL(declared, one);
DEFINE_STATIC_CALL(declared, one);
static struct {
	int (*first)(int), (*second)(int);
} ops __static_call = { one, two };
static int (*table[2])(int) __static_call = { one, two };

static int patched;

static int visit(const struct static_call_site_info *info, void *arg)
{
	/* Without a cast, which C++ may warn of. */
	patched += info->name && info->state != STATIC_CALL_SITE_ON_TRAMP;
	return !arg;
}

static int use_runtime(void)
{
	struct static_call_stats stats;
	struct static_call_batch *batch = static_call_batch_begin();

	if (!batch || static_call_batch_update(batch, op, two)
	    || static_call_batch_update(batch, table[1], one) || static_call_batch_commit(batch))
		return 1;
	batch = static_call_batch_begin();
	static_call_batch_abort(batch);
	/* One in an argument of another. */
	if (static_call_update(op, static_call_update(op, one) ? one : two))
		return 1;
	if (static_call_stats(&stats) || static_call_for_each_site(visit, &stats))
		return 1;
	static_call_seal();
	return op(0) != 2 || table[1](0) != 1 || static_call_update(op, one) >= 0;
}

int main(int argc, char **argv)
{
	int sum = plain(0) + op(0) + static_call(op)(0) + static_call(declared)(0)
		  + static_call(ops.second)(0) + static_call(table[0])(0) + static_call(zero)(5);

	(void)argv;
	static_call_cond(null)();
	plain = two;
	if (sum != 7 || static_call_update(null, nothing) || static_call_update(declared, two) || declared(0) != 2 || plain(0) != 2
	    || static_call_update(table[argc], one) || table[argc](0) != 1
	    || static_call_query(op) != one)
		return 1;
	return argc > 1 ? use_runtime() : 0;
}
