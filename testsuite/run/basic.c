/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * basic.c: a call, a tail call and a conditional tail call of marked pointers,
 * their results and their very bytes after each kind of update.
 */
#include "check.h"

static int add(int a) { return a + 1; }
static int sub(int a) { return a - 1; }
static int twice(int a) { return 2 * a; }

DEFINE_STATIC_CALL(op, add);
DEFINE_STATIC_CALL_NULL(none, add);
DEFINE_STATIC_CALL_RET0(zero, add);
int (*plain)(int) __static_call = add;

static int seen;
static void see(int a) { seen = a; }
static void see_twice(int a) { seen = 2 * a; }
void (*tell)(int) __static_call = see;

__attribute__((noipa)) static int call_op(int a) { return static_call(op)(a) + 100; }
__attribute__((noipa)) static int tail_op(int a) { return static_call(op)(a); }
__attribute__((noipa)) static void call_none(int a) { static_call_cond(none)(a); seen++; }
__attribute__((noipa)) static int call_zero(int a) { return static_call(zero)(a) + 100; }
__attribute__((noipa)) static int call_plain(int a) { return plain(a) + 100; }
__attribute__((noipa)) static void call_tell(int a) { static_call(tell)(a); seen += 100; }
__attribute__((noipa)) static void tail_tell(int a) { static_call(tell)(a); }
__attribute__((noipa)) static void jcc_tell(int a) { if (a > 3) static_call(tell)(a); }

static void check_op(int (*target)(int))
{
	struct static_call_site_info call = site_in(call_op, "op"), tail = site_in(tail_op, "op");

	CHECK_IS(call_op(7), target(7) + 100);
	CHECK_IS(tail_op(7), target(7));
	CHECK(static_call_query(op) == target);
	CHECK(*(void *const *)call.slot == (void *)target && call.target == (void *)target);
	CHECK(!call.tail && tail.tail == TAIL_CALLS && !call.escaped);
	CHECK_IS(call.state, STATIC_CALL_SITE_DIRECT);
	CHECK_IS(tail.state, STATIC_CALL_SITE_DIRECT);
	CHECK(is_call(call.addr, (void *)target));
	CHECK(is_jump(tail.addr, (void *)target));
}

static void check_updates(void)
{
	check_op(add);
	CHECK_IS(static_call_update(op, sub), 0);
	check_op(sub);
	op = twice;
	check_op(twice);
	CHECK_IS(static_call_update(op, twice), 0);
	check_op(twice);

	CHECK_IS(call_plain(1), 102);
	plain = sub;
	CHECK_IS(call_plain(1), 100);
}

static void check_null(void)
{
	const void *call = site_in(call_tell, "tell").addr, *tail = site_in(tail_tell, "tell").addr;
	const void *jcc = site_in(jcc_tell, "tell").addr;
	int i;

	for (i = 0; i < 2; i++) {
		tell = NULL;
		CHECK(does_nothing(call));
		CHECK(does_nothing(tail));
		CHECK_IS(site_in(call_tell, "tell").state, STATIC_CALL_SITE_NOP);
		CHECK_IS(site_in(tail_tell, "tell").state, STATIC_CALL_SITE_NOP);
		seen = 0;
		call_tell(1);
		CHECK_IS(seen, 100);
		tail_tell(1);
		jcc_tell(1);
		jcc_tell(5);
		CHECK_IS(seen, 100);

		tell = i ? see : see_twice;
		CHECK(is_call(call, (void *)tell) && is_jump(tail, (void *)tell));
		CHECK_IS(site_in(jcc_tell, "tell").state, STATIC_CALL_SITE_DIRECT);
		CHECK(is_jump_if(jcc, (void *)tell));
		tail_tell(5);
		CHECK_IS(seen, i ? 5 : 10);
		seen = 0;
		jcc_tell(3);
		CHECK_IS(seen, 0);
		jcc_tell(4);
		CHECK_IS(seen, i ? 4 : 8);
	}

	/* A call that C means has nothing to call: it stays where it faults. */
	plain = NULL;
	CHECK_IS(site_in(call_plain, "plain").state, STATIC_CALL_SITE_ON_TRAMP);
	plain = sub;
	CHECK_IS(site_in(call_plain, "plain").state, STATIC_CALL_SITE_DIRECT);
	CHECK_IS(call_plain(1), 100);

	CHECK(static_call_query(none) == NULL);
	CHECK_IS(site_in(call_none, "none").state, STATIC_CALL_SITE_NOP);
	seen = 0;
	call_none(1);
	CHECK_IS(seen, 1);
}

static void check_ret0(void)
{
	const void *call = site_in(call_zero, "zero").addr;

	CHECK(returns0(call));
	CHECK_IS(site_in(call_zero, "zero").state, STATIC_CALL_SITE_RET0);
	CHECK_IS(call_zero(7), 100);
	zero = add;
	CHECK_IS(call_zero(7), 108);
	zero = (int (*)(int))(void *)__static_call_return0;
	CHECK(returns0(call));
	CHECK_IS(call_zero(7), 100);

	op = (int (*)(int))(void *)__static_call_return0;
	CHECK_IS(call_op(7), 100);
	CHECK_IS(tail_op(7), 0);
	op = sub;
	check_op(sub);
}

int main(void)
{
	struct static_call_stats now = stats();

	CHECK_IS(now.dsos, 1);
	CHECK_IS(now.keys, 5);
	CHECK_IS(now.sites, 8);
	CHECK_IS(now.patched, 8);
	check_updates();
	check_null();
	check_ret0();
	CHECK_IS(stats().patched, 8);
	printf("%s %s\n", now.poke, now.writer);
	return 0;
}
