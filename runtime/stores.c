/* SPDX-License-Identifier: MIT */
/*
 * stores.c: assignments one after another, which the plugin has made one call.
 *
 * They are read from where the caller has put them, each time: a copy would take of a stack
 * that may be small.
 */
#include <stdarg.h>

#include "internal.h"

struct stores {
	size_t n;
	va_list list;
};

/* each_store: call @visit for each, until it fails. */
static int each_store(struct stores *stores, int (*visit)(volatile void *addr, void *func, void *arg),
		      void *arg)
{
	volatile void *addr;
	va_list list;
	int err = 0;
	size_t i;

	va_copy(list, stores->list);
	for (i = 0; i < stores->n && !err; i++) {
		addr = va_arg(list, volatile void *);
		err = visit(addr, va_arg(list, void *), arg);
	}
	va_end(list);
	return err;
}

static int store(volatile void *addr, void *func, void *unused)
{
	(void)unused;
	__atomic_store_n((void *volatile *)addr, func, __ATOMIC_SEQ_CST);
	return 0;
}

static int store_early(volatile void *addr, void *func, void *unused)
{
	(void)unused;
	return !early_store(addr, func);
}

static int touch(volatile void *addr, void *func, void *unused)
{
	(void)func;
	(void)unused;
	touch_slot(addr);
	return 0;
}

static int plan_one(volatile void *addr, void *func, void *plan)
{
	struct slot *slot = slot_find(addr);

	if (slot)
		plan_slot(plan, slot, func);
	return 0;
}

/* Of which no calls are known, or none yet. */
static int store_unknown(volatile void *addr, void *func, void *unused)
{
	return slot_find(addr) ? 0 : store(addr, func, unused);
}

static int update_all(void *what, enum resolve resolve)
{
	struct stores *stores = what;
	struct plan plan;
	int err;

	if (sealed)
		return -EPERM;
	plan_init(&plan);
	each_store(stores, plan_one, &plan);
	err = plan_commit(&plan, resolve);
	if (err)
		return err;
	each_store(stores, store_unknown, NULL);
	counters.updates += stores->n;
	return 0;
}

static void store_all(struct stores *stores)
{
	int err;

	if (early() && !each_store(stores, store_early, NULL))
		return;
	each_store(stores, touch, NULL);
	if (lock_nested() && !sealed) {
		each_store(stores, store, NULL);
		lock_behind();
		return;
	}
	err = patiently(update_all, stores, SHALL);
	if (err)
		cannot_store(va_arg(stores->list, volatile void *), err);
}

/*
 * __static_call_stores: what the plugin makes of @n assignments one after another: of each the
 * pointer and its target.  As __static_call_store().
 */
ARCH_ANY_STACK ARCH_SAVE_NO_VECTORS void __static_call_stores(size_t n, ...)
{
	struct stores stores = { .n = n };

	va_start(stores.list, n);
	store_all(&stores);
	va_end(stores.list);
}
