/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The macros of staticcall.h: define, call, update, query. */
/* { dg-do run } */
#include <staticcall.h>

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int called;

static void note(int x)
{
	called += x;
}

DEFINE_STATIC_CALL(op, one);
static DEFINE_STATIC_CALL(local, two);
DEFINE_STATIC_CALL_NULL(none, note);
DEFINE_STATIC_CALL_RET0(zero, one);
DECLARE_STATIC_CALL(op, one);

__attribute__((noinline)) static int call(int x)
{
	return static_call(op)(x) * 100 + static_call(local)(x) * 10 + static_call(zero)(x);
}

__attribute__((noinline)) static void call_none(int x)
{
	static_call_cond(none)(x);
}

int main(void)
{
	if (call(0) != 120)
		__builtin_abort();
	call_none(5);
	if (called || static_call_query(none) || static_call_query(op) != one)
		__builtin_abort();
	if (static_call_update(op, two) || static_call_update(local, one)
	    || static_call_update(zero, two) || static_call_update(none, note))
		__builtin_abort();
	if (call(0) != 212)
		__builtin_abort();
	call_none(5);
	if (called != 5 || static_call_query(none) != note || static_call_query(op) != two)
		__builtin_abort();
	if (static_call_update(none, 0)
	    || static_call_update(zero, (int (*)(int))(void *)__static_call_return0))
		__builtin_abort();
	call_none(5);
	if (called != 5 || call(0) != 210)
		__builtin_abort();
	return 0;
}
