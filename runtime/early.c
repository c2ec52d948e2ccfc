/* SPDX-License-Identifier: MIT */
/*
 * early.c: stores that are made before this library has started.
 *
 * In a static program the functions that resolve an IFUNC run before everything else:
 * there are no thread-local variables yet, so no errno and no lock.  Nobody has
 * registered then, and who does reads the pointers, so a store is all that is needed.
 *
 * A constructor may have made threads that store while the library starts: each looks
 * again behind its store.  Either it sees there that the library has started, and makes
 * the store a second time, or who registers sees what it has stored.
 */
#include "internal.h"

bool started;

/* early_end: before anybody registers. */
void early_end(void)
{
	__atomic_store_n(&started, true, __ATOMIC_SEQ_CST);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* early: have all stores up to here been made before the library has started? */
bool early(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return !__atomic_load_n(&started, __ATOMIC_SEQ_CST);
}

/* early_store: false if it is too late for that. */
bool early_store(volatile void *slot, void *func)
{
	if (__atomic_load_n(&started, __ATOMIC_ACQUIRE))
		return false;
	__atomic_store_n((void *volatile *)slot, func, __ATOMIC_SEQ_CST);
	return early();
}
