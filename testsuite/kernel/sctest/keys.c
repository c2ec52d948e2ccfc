// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * keys.c: a key of each kind, and a function for each kind of site.
 */
#include <linux/init.h>
#include "sctest.h"

static noinline int one(void)
{
	return 1;
}

static noinline int two(void)
{
	return 2;
}

static noinline void set_one(int *value)
{
	*value = 1;
}

static noinline void set_two(int *value)
{
	*value = 2;
}

DEFINE_STATIC_CALL(sctest_value, one);
DEFINE_STATIC_CALL_NULL(sctest_null, set_one);
DEFINE_STATIC_CALL_RET0(sctest_ret0, one);

static void update_value(void *func)
{
	static_call_update(sctest_value, func);
}

static void update_null(void *func)
{
	static_call_update(sctest_null, func);
}

static void update_ret0(void *func)
{
	static_call_update(sctest_ret0, func);
}

static void update_open(void *func)
{
	static_call_update(sctest_open, func);
}

static void update_closed(void *func)
{
	sctest_closed_update(func);
}

/* A call: there is something left to be done after it.  Then a jump. */
#define INT_CALLERS(name)						\
static noinline int name##_call(void)					\
{									\
	return static_call(sctest_##name)() - sctest_nothing;		\
}									\
static noinline int name##_tail(void)					\
{									\
	return static_call(sctest_##name)();				\
}

/* The same for those that return nothing and may be NULL. */
#define COND_CALLERS(name, cond)					\
static noinline int name##_cond(void)					\
{									\
	int value = 0;							\
									\
	cond(sctest_##name)(&value);					\
	return value;							\
}									\
static noinline void name##_cond_jump(int *value)			\
{									\
	cond(sctest_##name)(value);					\
}									\
static noinline int name##_cond_tail(void)				\
{									\
	int value = 0;							\
									\
	name##_cond_jump(&value);					\
	return value;							\
}

INT_CALLERS(value)
INT_CALLERS(ret0)
INT_CALLERS(open)
COND_CALLERS(null, static_call_cond)
COND_CALLERS(closed, static_call_mod)

/* Not by a macro, for a live patch that changes it. */
static noinline int value_again(void)
{
	return static_call(sctest_value)() - sctest_nothing - sctest_nothing;
}

int __init sctest_init_call(void)
{
	return static_call(sctest_value)() - sctest_nothing;
}

#define RET0	{ "RET0", __static_call_return0, 0 }

struct sctest_key sctest_keys[] = {
	{
		"value", &STATIC_CALL_KEY(sctest_value), &STATIC_CALL_TRAMP(sctest_value),
		update_value,
		{ { "one", one, 1 }, { "two", two, 2 }, RET0, { "vmlinux", sctest_vmlinux_7, 7 } }, 4,
		{ { "call", value_call }, { "tail", value_tail },
		  { "call again", value_again } }, 3,
	}, {
		"null", &STATIC_CALL_KEY(sctest_null), &STATIC_CALL_TRAMP(sctest_null),
		update_null,
		{ { "NULL", NULL, 0 }, { "one", set_one, 1 }, { "two", set_two, 2 },
		  { "vmlinux", sctest_vmlinux_set_7, 7 } }, 4,
		{ { "cond", null_cond }, { "cond tail", null_cond_tail } }, 2,
	}, {
		"ret0", &STATIC_CALL_KEY(sctest_ret0), &STATIC_CALL_TRAMP(sctest_ret0),
		update_ret0,
		{ RET0, { "one", one, 1 }, { "vmlinux", sctest_vmlinux_7, 7 }, { "two", two, 2 } }, 4,
		{ { "call", ret0_call }, { "tail", ret0_tail } }, 2,
	}, {
		"open", &STATIC_CALL_KEY(sctest_open), &STATIC_CALL_TRAMP(sctest_open),
		update_open,
		{ { "vmlinux", sctest_vmlinux_7, 7 }, { "one", one, 1 }, RET0, { "two", two, 2 } }, 4,
		{ { "call", open_call }, { "tail", open_tail },
		  { "vmlinux call", sctest_vmlinux_call }, { "vmlinux tail", sctest_vmlinux_tail } }, 4,
	}, {
		"closed", NULL, &STATIC_CALL_TRAMP(sctest_closed),
		update_closed,
		{ { "NULL", NULL, 0 }, { "one", set_one, 1 }, { "vmlinux", sctest_vmlinux_set_7, 7 },
		  { "two", set_two, 2 } }, 4,
		{ { "cond", closed_cond }, { "cond tail", closed_cond_tail },
		  { "vmlinux cond", sctest_vmlinux_cond } }, 3,
	},
};

const unsigned int sctest_n_keys = ARRAY_SIZE(sctest_keys);
