// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * measure.c: what a call costs, by the way it goes.  An emulator that counts
 * instructions as nanoseconds makes numbers of instructions of it.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include "sctest.h"

#define LOOPS	10000

static noinline void nothing(void)
{
	barrier();
}

DEFINE_STATIC_CALL(sctest_measured, nothing);

static void (*pointer)(void) = nothing;

/* The loop is the same for all of them; of a call the compiler keeps what it must. */
#define MEASURED(name, call)						\
static noinline u64 measure_##name(void)				\
{									\
	u64 start = ktime_get_mono_fast_ns();				\
	int i;								\
									\
	for (i = 0; i < LOOPS; i++) {					\
		call;							\
		barrier();						\
	}								\
	return ktime_get_mono_fast_ns() - start;			\
}

MEASURED(loop, (void)0)
MEASURED(direct, nothing())
MEASURED(site, static_call(sctest_measured)())
MEASURED(cond, static_call_cond(sctest_measured)())
MEASURED(pointer, READ_ONCE(pointer)())
#ifdef SCTEST_CALL_TRAMP
MEASURED(tramp, SCTEST_CALL_TRAMP(sctest_measured))
#endif

static void measure(const char *name, u64 (*loops)(void))
{
	u64 empty, time;
	unsigned long flags;
	u32 rest;

	local_irq_save(flags);
	/* Twice: an emulator translates it the first time. */
	measure_loop();
	loops();
	empty = measure_loop();
	time = loops();
	local_irq_restore(flags);
	time -= min(time, empty);
	time = div_u64_rem(time, LOOPS, &rest);
	pr_info("measure: %s: %llu.%02u ns\n", name, time, rest * 100 / LOOPS);
}

void sctest_measure(void)
{
	measure("direct call", measure_direct);
	measure("static call", measure_site);
	static_call_update(sctest_measured, NULL);
	measure("static call of NULL", measure_cond);
	static_call_update(sctest_measured, nothing);
#ifdef SCTEST_CALL_TRAMP
	measure("trampoline", measure_tramp);
#endif
	measure("pointer", measure_pointer);
}
