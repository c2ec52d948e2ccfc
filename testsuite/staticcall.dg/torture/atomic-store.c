/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Atomic stores and exchanges update the sites, too. */
/* { dg-do run } */
#include <staticcall.h>

typedef int fn_t(void);

static int one(void)
{
	return 1;
}

static int two(void)
{
	return 2;
}

fn_t *fp __static_call = one;

__attribute__((noinline)) static int call(void)
{
	return fp();
}

int main(void)
{
	fn_t *expected = one, *old;

	if (call() != 1)
		__builtin_abort();
	__atomic_store_n(&fp, two, __ATOMIC_RELEASE);
	if (call() != 2)
		__builtin_abort();
	old = __atomic_exchange_n(&fp, one, __ATOMIC_SEQ_CST);
	if (old != two || call() != 1)
		__builtin_abort();
	if (!__atomic_compare_exchange_n(&fp, &expected, two, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED)
	    || call() != 2)
		__builtin_abort();
	if (__atomic_compare_exchange_n(&fp, &expected, one, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED)
	    || expected != two || call() != 2)
		__builtin_abort();
	if (!__sync_bool_compare_and_swap(&fp, two, one) || call() != 1)
		__builtin_abort();
	if (__atomic_load_n(&fp, __ATOMIC_ACQUIRE)() != 1)
		__builtin_abort();
	return 0;
}
