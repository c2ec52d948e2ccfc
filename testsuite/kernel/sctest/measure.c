// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * measure.c: what a call costs, by the way it goes.  An emulator that counts
 * instructions as nanoseconds makes numbers of instructions of it.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include "sctest.h"

noinline void sctest_measured(void)
{
	barrier();
}

DEFINE_STATIC_CALL(sctest_measured, sctest_measured);

static void (*pointer)(void) = sctest_measured;

/* Of a call the compiler keeps what it must. */
static SCTEST_MEASURED(measure_loop, (void)0)
static SCTEST_MEASURED(measure_direct, sctest_measured())
static SCTEST_MEASURED(measure_site, static_call(sctest_measured)())
static SCTEST_MEASURED(measure_cond, static_call_cond(sctest_measured)())
static SCTEST_MEASURED(measure_pointer, READ_ONCE(pointer)())

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
	time = div_u64_rem(time, SCTEST_LOOPS, &rest);
	pr_info("measure: %s: %llu.%02u ns\n", name, time, rest * 100 / SCTEST_LOOPS);
}

void sctest_measure(void)
{
	measure("direct call", measure_direct);
	measure("static call", measure_site);
	static_call_update(sctest_measured, NULL);
	measure("static call of NULL", measure_cond);
	static_call_update(sctest_measured, sctest_measured);
	if (sctest_measure_tramp)
		measure("trampoline", sctest_measure_tramp);
	measure("pointer", measure_pointer);
}
