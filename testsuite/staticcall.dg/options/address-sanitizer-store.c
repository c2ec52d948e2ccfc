/* SPDX-License-Identifier: GPL-2.0-or-later */
/* AddressSanitizer sees a store, or an update, beyond the end of an array of marked pointers. */
/* { dg-do run } */
/* { dg-options "-O1 -g -fsanitize=address -fsanitize-recover=address" } */
/* { dg-require-effective-target asan } */
#include <staticcall.h>

void __asan_set_error_report_callback(void (*callback)(const char *));

static int reports;

/* Go on. */
const char *__asan_default_options(void)
{
	return "halt_on_error=0";
}

static void reported(const char *text)
{
	(void)text;
	reports++;
}

static int one(void) { return 1; }
static int two(void) { return 2; }

int (*tbl[3])(void) __attribute__((static_call)) = { one, one, one };
int (*behind)(void) __attribute__((static_call)) = one;

__attribute__((noipa)) static int call(void)
{
	return tbl[1]() * 10 + behind();
}

__attribute__((noipa)) static void store(int i)
{
	tbl[i] = two;
}

__attribute__((noipa)) static void store_atomically(int i)
{
	__atomic_store_n(&tbl[i], one, __ATOMIC_RELEASE);
}

__attribute__((noipa)) static void update(int i)
{
	if (static_call_update(tbl[i], two))
		__builtin_abort();
}

__attribute__((noipa)) static void update_in_batch(int i)
{
	struct static_call_batch *batch = static_call_batch_begin();

	if (static_call_batch_update(batch, tbl[i], one) || static_call_batch_commit(batch))
		__builtin_abort();
}

int main(void)
{
	__asan_set_error_report_callback(reported);
	store(1);
	if (call() != 21 || reports)
		return 1;
	store_atomically(1);
	if (call() != 11 || reports)
		return 2;
	update(1);
	if (call() != 21 || reports)
		return 3;
	update_in_batch(1);
	if (call() != 11 || reports)
		return 4;
	store(3);
	store_atomically(4);
	update(5);
	update_in_batch(6);
	return reports == 4 && call() == 11 ? 0 : 5;
}
