/* SPDX-License-Identifier: MIT */
/*
 * target.c: the functions that stand for a target, and for none.
 */
#include "internal.h"

/*
 * __static_call_return0: compared by address, so nothing may bind it to itself:
 * a program that is not position-independent has another address for it.
 */
long long return0(void) __asm__("__static_call_return0") __attribute__((visibility("default")));

/* What it stands for may return a long long, which is two registers of 32 bits. */
long long return0(void)
{
	return 0;
}

static void nothing(void)
{
}

/*
 * __static_call_target: what static_call() calls where the plugin could not
 * make it a direct call.  No lock; any thread, any signal handler.
 */
void *__static_call_target(const volatile void *slot)
{
	void *target = __atomic_load_n((void *const volatile *)slot, __ATOMIC_ACQUIRE);

	return target ? target : (void *)nothing;
}
